# What is tested once and not with every compiler: the sources themselves, the
# rules switched off one by one, and the stories, told by the program.  All run
# from the root of the sources, with the program's path in $IKHTIAR.
cmake_path(GET CMAKE_BINARY_DIR FILENAME build)

function(house_test name label limit_s)
	add_test(NAME "${build}/${name}" COMMAND ${ARGN} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
	set_tests_properties("${build}/${name}" PROPERTIES TIMEOUT ${limit_s} LABELS "${label}"
		ENVIRONMENT "IKHTIAR=${CMAKE_BINARY_DIR}/ikhtiar")
endfunction()

# What ./check --long runs besides, with both cores for itself.
function(long_house_test name label)
	add_test(NAME "${build}/${name}" COMMAND ${ARGN} CONFIGURATIONS long
		WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
	set_tests_properties("${build}/${name}" PROPERTIES TIMEOUT 100000 LABELS "${label}"
		PROCESSORS 2 ENVIRONMENT "IKHTIAR=${CMAKE_BINARY_DIR}/ikhtiar")
endfunction()

house_test(arrows sources 30 tools/arrows)
house_test(words sources 30 tools/words)
house_test(outside sources 30 tools/outside "${CMAKE_BINARY_DIR}")
house_test(shell sources 60 tools/shell)

file(GLOB tools CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tools/*_test")
foreach(tool IN LISTS tools)
	cmake_path(GET tool FILENAME name)
	house_test(tools/${name} sources 60 "${tool}")
endforeach()

if(TARGET ikhtiar)
	house_test(docs sources 30 tools/docs)
	house_test(rules-off rules 600 tools/rules_off)
	set_tests_properties("${build}/rules-off" PROPERTIES PROCESSORS 2 COST 1000)

	house_test(mutate rules 400 tools/mutate --sample 150)
	set_tests_properties("${build}/mutate" PROPERTIES PROCESSORS 2 COST 900)
	long_house_test(mutate-all rules tools/mutate)
	long_house_test(analyse sources tools/analyse)
	long_house_test(memcheck story tools/memcheck)
	long_house_test(coverage sources tools/coverage)
	long_house_test(slow story tools/slow)

	file(GLOB stories CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/data/story/*.story"
		"${CMAKE_SOURCE_DIR}/tests/stories/*.story")
	foreach(story IN LISTS stories)
		cmake_path(GET story STEM name)
		house_test(stories/${name} story 120 tools/tell "${story}")
	endforeach()
	file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/*/*_test")
	foreach(script IN LISTS scripts)
		cmake_path(RELATIVE_PATH script BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests"
			OUTPUT_VARIABLE name)
		house_test(${name} story 180 "${script}")
	endforeach()

	# By Node, with what tools/npm has installed.
	house_test(web/dist browser 400 tools/web_dist --installed)
	house_test(web/parts browser 300 tools/node web/scripts/look)
	house_test(foreign/contract browser 120 tools/node tests/foreign/contract.mjs)
	foreach(language en ps)
		house_test(browser/family-${language} browser 180
			tools/node tests/browser/family.mjs ${language})
		house_test(browser/paper-${language} browser 60
			tools/node tests/browser/paper.mjs ${language})
		house_test(browser/directives-${language} browser 60
			tools/node tests/browser/directives.mjs ${language})
	endforeach()
	house_test(browser/seat browser 60 tools/node tests/browser/seat.mjs)
	house_test(browser/drafts browser 60 tools/node tests/browser/drafts.mjs)
	foreach(language en ps)
		house_test(browser/doubles-${language} browser 60
			tools/node tests/browser/doubles.mjs ${language})
		house_test(browser/pairs-${language} browser 60
			tools/node tests/browser/pairs.mjs ${language})
		house_test(browser/lists-${language} browser 60
			tools/node tests/browser/lists.mjs ${language})
	endforeach()
	house_test(browser/gate browser 120 tools/node tests/browser/gate.mjs)
	house_test(browser/node browser 60 tools/node tests/browser/node.mjs)
	house_test(browser/yard browser 60 tools/node tests/browser/yard.mjs)
	house_test(browser/public browser 120 tools/node tests/browser/public.mjs)
	house_test(browser/faults browser 180 tools/node tests/browser/faults.mjs)
	house_test(browser/access browser 180 tools/node tests/browser/access.mjs)
endif()
