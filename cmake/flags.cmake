# How everything is compiled: the interface library `house_flags`.
#
# Asserts stay on in what is shipped, whatever the build type says.  ASan and
# _FORTIFY_SOURCE do not go together, and the latter needs the optimizer.
include(CheckCCompilerFlag)
include(CheckPIESupported)

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported()

find_program(CCACHE ccache)
if(CCACHE)
	set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(house_flags INTERFACE)
target_include_directories(house_flags INTERFACE
	"${CMAKE_SOURCE_DIR}/src" "${CMAKE_BINARY_DIR}")
target_compile_definitions(house_flags INTERFACE
	_GNU_SOURCE IKHTIAR_VERSION="${PROJECT_VERSION}")
target_compile_options(house_flags INTERFACE
	-UNDEBUG -fstack-protector-strong
	-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
	-Wformat=2 -Werror)
# match/ computes logarithms.
target_link_libraries(house_flags INTERFACE m)
target_link_options(house_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed)

# Some two hundred test programs are linked, and lld takes a third of the time for each;
# what is shipped is linked by Debian's own linker.
add_library(test_flags INTERFACE)
find_program(LLD ld.lld)
if(LLD AND NOT IKHTIAR_TESTS MATCHES "^(coverage|mutate)$")
	target_link_options(test_flags INTERFACE -fuse-ld=lld)
endif()

foreach(flag -fstack-clash-protection -fcf-protection)
	string(MAKE_C_IDENTIFIER "compiler_has${flag}" known)
	check_c_compiler_flag("${flag} -Werror" ${known})
	if(${known})
		target_compile_options(house_flags INTERFACE ${flag})
	endif()
endforeach()

if(IKHTIAR_SANITIZE)
	set(sanitize -fsanitize=${IKHTIAR_SANITIZE} -fno-sanitize-recover=all
		-fno-omit-frame-pointer)
	target_compile_options(house_flags INTERFACE ${sanitize})
	target_link_options(house_flags INTERFACE ${sanitize})
elseif(CMAKE_C_FLAGS MATCHES "-O[1-3s]")
	target_compile_options(house_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# Counters live in a file that is mapped, so that a process counts which is killed or
# leaves by _exit().  A static function is known by its source's whole name: clang takes
# the last part, and two rooms have a file of one name.
if(IKHTIAR_TESTS STREQUAL "coverage")
	target_compile_options(house_flags INTERFACE -fprofile-instr-generate -fcoverage-mapping
		"SHELL:-mllvm -runtime-counter-relocation")
	target_link_options(house_flags INTERFACE -fprofile-instr-generate)
	string(REPLACE "<FLAGS>" "<FLAGS> -Xclang -main-file-name -Xclang <SOURCE>"
		CMAKE_C_COMPILE_OBJECT "${CMAKE_C_COMPILE_OBJECT}")
endif()
