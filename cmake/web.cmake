# The built web client, web/dist, embedded as "web/…", and beside each file that gets
# smaller by it the same packed, as "web/….gz".  Where it is not built, the program is
# built without screens and says so.
find_program(GZIP gzip REQUIRED)

set(dist "${CMAKE_SOURCE_DIR}/web/dist")
file(GLOB_RECURSE files RELATIVE "${dist}" CONFIGURE_DEPENDS "${dist}/*")
foreach(file IN LISTS files)
	embed("web/${file}" "${dist}/${file}")
	if(file MATCHES "\\.(html|js|css|json|webmanifest|svg|txt|wasm)$")
		set(packed "${CMAKE_BINARY_DIR}/web/${file}")
		add_custom_command(OUTPUT "${packed}.gz"
			COMMAND "${CMAKE_COMMAND}" -E copy "${dist}/${file}" "${packed}"
			COMMAND "${GZIP}" -9nf "${packed}"
			DEPENDS "${dist}/${file}"
			COMMENT "Packed: web/${file}" VERBATIM)
		embed("web/${file}.gz" "${packed}.gz")
	endif()
endforeach()
