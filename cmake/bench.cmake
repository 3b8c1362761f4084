# The parts of bench/run, in one program that stands on the rooms' public doors;
# SQLite, libsodium and libmicrohttpd are its peers.
file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bench/*.c")
pkg_check_modules(sqlite3 REQUIRED QUIET IMPORTED_TARGET sqlite3)
pkg_check_modules(libsodium REQUIRED QUIET IMPORTED_TARGET libsodium)
pkg_check_modules(libmicrohttpd REQUIRED QUIET IMPORTED_TARGET libmicrohttpd)
add_executable(bench ${sources})
target_link_libraries(bench PRIVATE centre api register people PkgConfig::sqlite3
	PkgConfig::libsodium PkgConfig::libmicrohttpd)
