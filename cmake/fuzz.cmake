# The programs of tests/fuzz/programs.txt: FUZZ_PROGRAMS their names, and for each
# FUZZ_ROOM_<program> and FUZZ_TESTS_<program>; fuzz_program_of() finds the one of a test.
#
# A property has a number that stands in the cases that are kept.  Two of a program
# with the same number end the configuring; a property of a test that no program has
# does not compile, since nobody keeps cases for it.
set(FUZZ_PROGRAMS "")
set(table "${CMAKE_SOURCE_DIR}/tests/fuzz/programs.txt")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
file(STRINGS "${table}" lines REGEX "^[a-z]")

foreach(line IN LISTS lines)
	if(NOT line MATCHES "^([a-z]+) *: *([a-z]+) *:([a-z0-9_ ]*)$")
		message(FATAL_ERROR "tests/fuzz/programs.txt: cannot read “${line}”")
	endif()
	set(program "${CMAKE_MATCH_1}")
	set(FUZZ_ROOM_${program} "${CMAKE_MATCH_2}")
	separate_arguments(FUZZ_TESTS_${program} UNIX_COMMAND "${CMAKE_MATCH_3}")
	list(APPEND FUZZ_PROGRAMS "${program}")

	set(numbers "")
	foreach(thing IN LISTS FUZZ_TESTS_${program})
		set(source "${CMAKE_SOURCE_DIR}/src/${FUZZ_ROOM_${program}}/${thing}_test.c")
		set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
		file(STRINGS "${source}" properties REGEX "^PROP_FUZZ\\(")
		list(TRANSFORM properties REPLACE "^PROP_FUZZ\\(([0-9]+),.*" "\\1")
		if(NOT properties)
			message(FATAL_ERROR "tests/fuzz/programs.txt: ${source} has no property")
		endif()
		list(APPEND numbers ${properties})
	endforeach()
	set(once "${numbers}")
	list(REMOVE_DUPLICATES once)
	if(NOT once STREQUAL numbers)
		message(FATAL_ERROR "tests/fuzz/programs.txt: ${program} has a number twice")
	endif()
endforeach()

function(fuzz_program_of out room thing)
	set(${out} "" PARENT_SCOPE)
	foreach(program IN LISTS FUZZ_PROGRAMS)
		if(room STREQUAL FUZZ_ROOM_${program} AND thing IN_LIST FUZZ_TESTS_${program})
			set(${out} "${program}" PARENT_SCOPE)
		endif()
	endforeach()
endfunction()

# One program of several tests: their properties, without the tests.
function(add_fuzz_program program)
	set(room "${FUZZ_ROOM_${program}}")
	set(sources "")
	foreach(thing IN LISTS FUZZ_TESTS_${program})
		list(APPEND sources "${CMAKE_SOURCE_DIR}/src/${room}/${thing}_test.c")
	endforeach()
	add_executable(fuzz.${program} ${sources})
	target_compile_definitions(fuzz.${program} PRIVATE
		IKHTIAR_FUZZ IKHTIAR_KEPT="tests/fuzz/${program}")
	target_link_options(fuzz.${program} PRIVATE -fsanitize=fuzzer)
	target_link_libraries(fuzz.${program} PRIVATE ${ARGN} ${room} test_flags)
	set_target_properties(fuzz.${program} PROPERTIES
		OUTPUT_NAME "${program}"
		RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/fuzz")
	add_dependencies(fuzz_programs fuzz.${program})
	add_test(NAME "${build}/${program}" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
		COMMAND tools/fuzz $<TARGET_FILE:fuzz.${program}>)
	set_tests_properties("${build}/${program}" PROPERTIES LABELS fuzz TIMEOUT 1000000)
endfunction()
