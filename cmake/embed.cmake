# Files that are part of the program.
#
#   embed("areas/areas.csv" "${CMAKE_SOURCE_DIR}/data/areas/areas.csv")
#
# puts the bytes of the file between the symbols embed_areas_areas_csv and
# embed_areas_areas_csv_end, with a zero byte behind them, and embed_finish()
# writes gen/embed.h, which declares them all and lists them:
#
#   EMBEDDED(FILE)  →  FILE("areas/areas.csv", embed_areas_areas_csv, embed_areas_areas_csv_end) …
#
# The bytes come in by the assembler's .incbin out of a C file, so that the object
# carries the compiler's own notes (no executable stack, CET).

function(embed name file)
	set_property(GLOBAL APPEND PROPERTY EMBED_NAMES "${name}")
	set_property(GLOBAL APPEND PROPERTY EMBED_FILES "${file}")
endfunction()

function(embed_finish)
	get_property(names GLOBAL PROPERTY EMBED_NAMES)
	get_property(files GLOBAL PROPERTY EMBED_FILES)
	set(declared "")
	set(listed "")
	set(bytes "")
	foreach(name file IN ZIP_LISTS names files)
		string(MAKE_C_IDENTIFIER "embed_${name}" symbol)
		string(APPEND declared "extern const unsigned char ${symbol}[], ${symbol}_end[];\n")
		string(APPEND listed " \\\n\tFILE(\"${name}\", ${symbol}, ${symbol}_end)")
		string(APPEND bytes "BYTES(${symbol}, \"${file}\")\n")
	endforeach()
	file(CONFIGURE OUTPUT gen/embed.h @ONLY CONTENT
"/* Made by cmake/embed.cmake: the files that are part of the program. */
#pragma once

@declared@
/* FILE(name, first byte, byte after the last) for each. */
#define EMBEDDED(FILE)@listed@
")
	file(CONFIGURE OUTPUT gen/embed.c @ONLY CONTENT
"/* Made by cmake/embed.cmake. */
#include \"gen/embed.h\"

#define BYTES(symbol, file)                                                                   \\
	__asm__(\".pushsection .rodata\\n.balign 16\\n.global \" #symbol \", \" #symbol \"_end\\n\" #symbol  \\
		\":\\n.incbin \\\"\" file \"\\\"\\n\" #symbol \"_end:\\n.byte 0\\n.popsection\\n\");

@bytes@")
	add_library(embedded STATIC "${CMAKE_BINARY_DIR}/gen/embed.c")
	target_link_libraries(embedded PUBLIC house_flags)
	set_source_files_properties("${CMAKE_BINARY_DIR}/gen/embed.c" PROPERTIES
		OBJECT_DEPENDS "${files}")
endfunction()
