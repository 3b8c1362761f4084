# The catalogues and the reference data, embedded.
#
# data/words/LANGUAGE/*.po, one a room, become words/LANGUAGE.mo, under a header that
# is the same for all: our four languages have two forms each.  A language counts
# as soon as it has a file.  tools/words checks what is in them.
#
# data/FOLDER/FILE is embedded as "FOLDER/FILE", its README.md aside.
find_program(MSGCAT msgcat REQUIRED)
find_program(MSGFMT msgfmt REQUIRED)

file(GLOB languages RELATIVE "${CMAKE_SOURCE_DIR}/data/words" CONFIGURE_DEPENDS
	"${CMAKE_SOURCE_DIR}/data/words/*")
foreach(language IN LISTS languages)
	file(GLOB catalogues CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/data/words/${language}/*.po")
	if(NOT catalogues)
		continue()
	endif()
	set(whole "${CMAKE_BINARY_DIR}/words/${language}")
	file(CONFIGURE OUTPUT "${whole}.head.po" @ONLY CONTENT
"msgid \"\"
msgstr \"\"
\"Language: @language@\\n\"
\"Content-Type: text/plain; charset=UTF-8\\n\"
\"Content-Transfer-Encoding: 8bit\\n\"
\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"
")
	add_custom_command(OUTPUT "${whole}.mo"
		COMMAND "${MSGCAT}" --use-first --output-file=${whole}.po
			${whole}.head.po ${catalogues}
		COMMAND "${MSGFMT}" --endianness=little --output-file=${whole}.mo ${whole}.po
		DEPENDS ${catalogues}
		COMMENT "Words: ${language}" VERBATIM)
	embed("words/${language}.mo" "${whole}.mo")
endforeach()

file(GLOB tables RELATIVE "${CMAKE_SOURCE_DIR}/data" CONFIGURE_DEPENDS
	"${CMAKE_SOURCE_DIR}/data/*/*.*")
list(FILTER tables EXCLUDE REGEX "^words/|\\.md$")
foreach(table IN LISTS tables)
	embed("${table}" "${CMAKE_SOURCE_DIR}/data/${table}")
endforeach()

embed_finish()
