# What is tested once and not with every compiler: the sources themselves, the
# rules switched off one by one, and the stories, told by the program.  All run
# from the root of the sources, with the program's path in $IKHTIAR.
cmake_path(GET CMAKE_BINARY_DIR FILENAME build)

# Against a test that hangs: one that is only slow, on a machine that has much else to
# do, is let be.
set(HOUSE_LIMIT_S 1200)

# `about_s`: seconds that it takes, roughly: the longest begin first, so that none of them
# runs alone at the end.
function(house_test name label about_s)
	add_test(NAME "${build}/${name}" COMMAND ${ARGN} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
	set_tests_properties("${build}/${name}" PROPERTIES LABELS "${label}"
		TIMEOUT ${HOUSE_LIMIT_S} COST ${about_s}
		ENVIRONMENT "IKHTIAR=${CMAKE_BINARY_DIR}/ikhtiar")
endfunction()

# What ./check --long runs besides, with both cores for itself.
function(long_house_test name label)
	add_test(NAME "${build}/${name}" COMMAND ${ARGN} CONFIGURATIONS long
		WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
	set_tests_properties("${build}/${name}" PROPERTIES TIMEOUT 100000 LABELS "${label}"
		PROCESSORS 2 ENVIRONMENT "IKHTIAR=${CMAKE_BINARY_DIR}/ikhtiar")
endfunction()

house_test(arrows sources 1 tools/arrows)
house_test(words sources 2 tools/words)
house_test(outside sources 1 tools/outside "${CMAKE_BINARY_DIR}")
house_test(shell sources 5 tools/shell)

file(GLOB tools CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tools/*_test")
foreach(tool IN LISTS tools)
	cmake_path(GET tool FILENAME name)
	house_test(tools/${name} sources 3 "${tool}")
endforeach()

if(TARGET ikhtiar)
	house_test(docs sources 2 tools/docs)
	house_test(rules-off rules 1000 tools/rules_off)
	house_test(mutate rules 900 tools/mutate --sample 150)
	# They use both cores, and come first of all.
	set_tests_properties("${build}/rules-off" "${build}/mutate" PROPERTIES PROCESSORS 2)
	long_house_test(mutate-all rules tools/mutate)
	long_house_test(analyse sources tools/analyse)
	long_house_test(memcheck story tools/memcheck)
	long_house_test(coverage sources tools/coverage)
	long_house_test(slow story tools/slow)
	long_house_test(cli/a_million_alike story tests/cli/alike_test 1000000)

	file(GLOB stories CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/data/story/*.story"
		"${CMAKE_SOURCE_DIR}/tests/stories/*.story")
	foreach(story IN LISTS stories)
		cmake_path(GET story STEM name)
		house_test(stories/${name} story 2 tools/tell "${story}")
	endforeach()
	file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/*/*_test")
	foreach(script IN LISTS scripts)
		cmake_path(RELATIVE_PATH script BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests"
			OUTPUT_VARIABLE name)
		house_test(${name} story 5 "${script}")
	endforeach()

	# By Node, with what tools/npm has installed.
	house_test(web/dist browser 85 tools/web_dist --installed)
	house_test(web/parts browser 35 tools/node web/scripts/look)
	house_test(foreign/contract browser 8 tools/node tests/foreign/contract.mjs)
	foreach(language en ps)
		house_test(browser/family-${language} browser 50
			tools/node tests/browser/family.mjs ${language})
		house_test(browser/paper-${language} browser 18
			tools/node tests/browser/paper.mjs ${language})
		house_test(browser/directives-${language} browser 24
			tools/node tests/browser/directives.mjs ${language})
	endforeach()
	house_test(browser/seat browser 14 tools/node tests/browser/seat.mjs)
	house_test(browser/drafts browser 12 tools/node tests/browser/drafts.mjs)
	foreach(language en ps)
		house_test(browser/doubles-${language} browser 10
			tools/node tests/browser/doubles.mjs ${language})
		house_test(browser/pairs-${language} browser 15
			tools/node tests/browser/pairs.mjs ${language})
		house_test(browser/lists-${language} browser 15
			tools/node tests/browser/lists.mjs ${language})
	endforeach()
	house_test(browser/gate browser 24 tools/node tests/browser/gate.mjs)
	house_test(browser/node browser 16 tools/node tests/browser/node.mjs)
	house_test(browser/yard browser 9 tools/node tests/browser/yard.mjs)
	# It hears within a second, or fails: two browsers beside each other are enough.
	set_tests_properties("${build}/browser/yard" PROPERTIES RUN_SERIAL TRUE)
	house_test(browser/public browser 150 tools/node tests/browser/public.mjs)
	house_test(browser/faults browser 65 tools/node tests/browser/faults.mjs)
	house_test(browser/access browser 95 tools/node tests/browser/access.mjs)
endif()
