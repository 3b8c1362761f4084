# Each src/<room>/<thing>_test.c is a program and a test named
# <build>/<room>/<thing>, linked with its room, the rooms below and all their
# *_testing.c.  The folder in which it runs is the root of the sources.
#
# In the build `release` those of rules/ and register/ are built and not run, for
# tools/rules_off: src/rules/off.c, compiled so that it can switch a rule off, stands in
# front of the library's own there.  What runs are the faults: each
# tests/faults/<thing>_test.c is a program and a test named <build>/faults/<thing>,
# linked with every room but cli/ and all helpers.  Slow things belong there, where no
# sanitizer slows them further.  One that asks for IKHTIAR_LONG runs a second time with
# it, as <build>/faults/<thing>/long (check --long).
#
# In the build `tsan` only those are built and run that read <pthread.h>.  Addresses
# are not random there, where the system lets them be: ThreadSanitizer lays out memory
# itself and does not start where it finds something in its place.
#
# In the build `coverage` both are built and run, and what runs is counted
# (tools/coverage).
#
# In the build `mutate` those of rules/ and policy/ are built and not run, for
# tools/mutate.
#
# In the build `fuzz`, those with a PROP_FUZZ() become the programs of
# tests/fuzz/programs.txt, each a test that fuzzes for $FUZZ_S seconds (tools/fuzz).
pkg_check_modules(cmocka QUIET IMPORTED_TARGET cmocka)
pkg_check_modules(libcbor QUIET IMPORTED_TARGET libcbor)
if(NOT cmocka_FOUND OR NOT libcbor_FOUND)
	# Who builds the program and nothing else has them not (./start).
	if(NOT IKHTIAR_TESTS STREQUAL "house")
		message(FATAL_ERROR "the tests need what tools/install check installs")
	endif()
	message(STATUS "no cmocka or no libcbor: the faults and tools/rules_off are left out")
	return()
endif()

include(fuzz)

# Against a test that hangs, not against a machine that has much else to do.
set(TEST_LIMIT_S 1200)
cmake_path(GET CMAKE_BINARY_DIR FILENAME build)
add_custom_target(rules_off_tests)
add_custom_target(mutate_tests)
add_custom_target(unit_tests)
add_custom_target(fuzz_programs)

function(test_program target room source)
	cmake_path(GET source STEM program)
	string(REGEX REPLACE "_test$" "" thing "${program}")
	fuzz_program_of(fuzzed "${room}" "${thing}")
	add_executable(${target} "${source}")
	if(fuzzed)
		target_compile_definitions(${target} PRIVATE IKHTIAR_KEPT="tests/fuzz/${fuzzed}")
	endif()
	target_link_libraries(${target} PRIVATE ${ARGN} ${room} test_flags)
	set_target_properties(${target} PROPERTIES
		OUTPUT_NAME "${program}"
		RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/${room}")
	if(TARGET rules_can_be_off)
		target_link_libraries(${target} PRIVATE rules_can_be_off)
		add_dependencies(rules_off_tests ${target})
	endif()
	if(room MATCHES "^(rules|policy)$")
		add_dependencies(mutate_tests ${target})
	endif()
endfunction()

set(start "")
if(IKHTIAR_TESTS STREQUAL "threads")
	set(start sh -c "setarch -R true 2>/dev/null && exec setarch -R \"$0\" || exec \"$0\"")
endif()

function(add_unit_test name target)
	add_test(NAME "${name}" COMMAND ${start} $<TARGET_FILE:${target}>
		WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
	add_dependencies(unit_tests ${target})
	set_tests_properties("${name}" PROPERTIES LABELS unit TIMEOUT ${TEST_LIMIT_S}
		ENVIRONMENT "ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()

if(IKHTIAR_TESTS STREQUAL "house")
	add_library(rules_can_be_off OBJECT src/rules/off.c)
	target_compile_definitions(rules_can_be_off PRIVATE IKHTIAR_TESTING)
	target_link_libraries(rules_can_be_off PRIVATE house_flags)
endif()

foreach(room IN LISTS ROOMS)
	set(helpers PkgConfig::cmocka PkgConfig::libcbor)
	foreach(below IN LISTS ROOM_USES_${room})
		if(TARGET ${below}_testing)
			list(APPEND helpers ${below}_testing)
		endif()
	endforeach()
	file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${room}/*_testing.c")
	if(sources)
		add_library(${room}_testing STATIC ${sources})
		# Beside those of the rooms it would be looked through by tools/outside.
		set_target_properties(${room}_testing PROPERTIES
			ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
		target_link_libraries(${room}_testing PUBLIC ${helpers} ${room})
		list(PREPEND helpers ${room}_testing)
	endif()

	if(IKHTIAR_TESTS STREQUAL "fuzz")
		foreach(program IN LISTS FUZZ_PROGRAMS)
			if(room STREQUAL FUZZ_ROOM_${program})
				add_fuzz_program("${program}" ${helpers})
			endif()
		endforeach()
		continue()
	endif()

	if(IKHTIAR_TESTS STREQUAL "house" AND NOT room MATCHES "^(rules|register)$")
		continue()
	endif()
	file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${room}/*_test.c")
	foreach(source IN LISTS sources)
		cmake_path(GET source STEM thing)
		string(REGEX REPLACE "_test$" "" thing "${thing}")
		set(target "${room}.${thing}")
		file(STRINGS "${source}" threads REGEX "^#include <pthread\\.h>")
		if(threads OR NOT IKHTIAR_TESTS STREQUAL "threads")
			test_program(${target} ${room} "${source}" ${helpers})
			if(IKHTIAR_TESTS MATCHES "^(unit|threads|coverage)$")
				add_unit_test("${build}/${room}/${thing}" ${target})
			endif()
		endif()
	endforeach()
endforeach()

if(IKHTIAR_TESTS MATCHES "^(house|coverage)$")
	add_custom_target(fault_tests)
	file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/faults/*_test.c")
	foreach(source IN LISTS sources)
		cmake_path(GET source STEM program)
		string(REGEX REPLACE "_test$" "" thing "${program}")
		set(target "faults.${thing}")
		set(helpers "")
		foreach(room IN LISTS ROOMS)
			if(TARGET ${room}_testing)
				list(PREPEND helpers ${room}_testing)
			endif()
		endforeach()
		add_executable(${target} "${source}")
		target_link_libraries(${target} PRIVATE ${helpers} import people PkgConfig::cmocka
			test_flags)
		set_target_properties(${target} PROPERTIES
			OUTPUT_NAME "${program}"
			RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/faults")
		add_dependencies(fault_tests ${target})
		add_unit_test("${build}/faults/${thing}" ${target})
		# Long ones, which begin before the others.
		set_tests_properties("${build}/faults/${thing}" PROPERTIES LABELS faults COST 60)
		file(STRINGS "${source}" long REGEX "IKHTIAR_LONG")
		if(long)
			add_test(NAME "${build}/faults/${thing}/long" CONFIGURATIONS long
				COMMAND ${target} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
			set_tests_properties("${build}/faults/${thing}/long" PROPERTIES LABELS faults
				TIMEOUT 100000 ENVIRONMENT IKHTIAR_LONG=1)
		endif()
	endforeach()

	# The same, longer: how much more is said in the environment.
	foreach(longer IN ITEMS kill:IKHTIAR_KILLS=1000 no_memory:IKHTIAR_EVERY=1)
		string(REGEX MATCH "^([a-z_]+):(.*)$" _ "${longer}")
		set(name "${build}/faults/${CMAKE_MATCH_1}_long")
		add_test(NAME "${name}" CONFIGURATIONS long
			COMMAND faults.${CMAKE_MATCH_1} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
		set_tests_properties("${name}" PROPERTIES LABELS faults TIMEOUT 7200
			ENVIRONMENT "${CMAKE_MATCH_2}")
	endforeach()
endif()
