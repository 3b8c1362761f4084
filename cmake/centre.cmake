# tests/centre: a day at a centre, lived through by bench/day.c and, smaller, by
# tests/faults/day_test.c.  With IKHTIAR_DAY_S in the environment the test takes so
# many seconds, as the bench does: that is for ./check --long.
pkg_check_modules(sqlite3 REQUIRED QUIET IMPORTED_TARGET sqlite3)
file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/centre/*.c")
add_library(centre STATIC ${sources})
set_target_properties(centre PROPERTIES ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
target_include_directories(centre PUBLIC "${CMAKE_SOURCE_DIR}/tests")
target_link_libraries(centre PUBLIC import people PkgConfig::sqlite3)

if(TARGET faults.day)
	target_link_libraries(faults.day PRIVATE centre)
	add_test(NAME "${build}/faults/day_of_five_minutes" COMMAND faults.day
		WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" CONFIGURATIONS long)
	set_tests_properties("${build}/faults/day_of_five_minutes" PROPERTIES LABELS faults
		TIMEOUT 1200 ENVIRONMENT IKHTIAR_DAY_S=300)
endif()
