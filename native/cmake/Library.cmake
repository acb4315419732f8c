# The shape shared by our libraries: where they go, what they export, how they are compiled.

# JNA's name for a platform, e.g. linux-x86-64: the folder its libraries lie in on the class path.
function(dualgrid_resource_prefix result)
  string(TOLOWER "${CMAKE_SYSTEM_NAME}" os)
  if(os STREQUAL "windows")
    set(os "win32")
  endif()
  set(arch "${CMAKE_SYSTEM_PROCESSOR}")
  if(APPLE AND CMAKE_OSX_ARCHITECTURES)
    set(arch "${CMAKE_OSX_ARCHITECTURES}")
  endif()
  string(TOLOWER "${arch}" arch)
  if(arch MATCHES "^(x86_64|amd64)$")
    set(arch "x86-64")
  elseif(arch MATCHES "^(i[3-6]86|x86)$")
    set(arch "x86")
  elseif(arch MATCHES "^(aarch64|arm64)$")
    set(arch "aarch64")
  endif()
  set(${result} "${os}-${arch}" PARENT_SCOPE)
endfunction()

# dualgrid_flags(<target>): what we compile third-party code and our own with.
# No contraction of a*b+c: a result must not depend on whether the machine has fused operations.
function(dualgrid_flags target)
  if(NOT MSVC)
    target_compile_options(${target} PRIVATE -ffp-contract=off)
  endif()
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()

# dualgrid_library(<name> <source>...) makes the shared library dualgrid_<name> from our own
# sources, in resources/<prefix>/. Everything is hidden but what the sources export.
function(dualgrid_library name)
  set(target dualgrid_${name})
  add_library(${target} SHARED ${ARGN})
  dualgrid_flags(${target})
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4)
  else()
    target_compile_options(${target} PRIVATE -Wall -Wextra -Werror)
  endif()
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # Third-party symbols stay inside, nothing is left to be found at load time, and the C++
    # library of the machine it was built on is not needed on the one it runs on.
    target_link_options(${target} PRIVATE
      -Wl,--exclude-libs,ALL -Wl,--no-undefined -Wl,-s -static-libgcc
      $<$<LINK_LANGUAGE:CXX>:-static-libstdc++>)
  endif()
  dualgrid_resource_prefix(prefix)
  # $<1:...> keeps generators with several configurations from adding a folder of their own.
  set_target_properties(${target} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY "$<1:${DUALGRID_RESOURCES_DIR}/${prefix}>"
    RUNTIME_OUTPUT_DIRECTORY "$<1:${DUALGRID_RESOURCES_DIR}/${prefix}>")
  if(WIN32)
    set_target_properties(${target} PROPERTIES PREFIX "")
  endif()
endfunction()

# dualgrid_licence(<name> <file>) puts a third-party licence beside the libraries, so that it
# travels in the jar with the code it covers.
function(dualgrid_licence name file)
  configure_file("${file}" "${DUALGRID_RESOURCES_DIR}/META-INF/licenses/${name}.txt" COPYONLY)
endfunction()

# dualgrid_fuzzer(<name> <source>...) makes fuzz_dualgrid_<name>, built on demand
# (scripts/fuzz-native), from the sources of the library themselves so that sanitizers see them. Its
# inputs come from libFuzzer, or from a seed.
function(dualgrid_fuzzer name)
  set(target fuzz_dualgrid_${name})
  add_executable(${target} EXCLUDE_FROM_ALL ${ARGN})
  dualgrid_flags(${target})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/fuzz")
  set_target_properties(${target} PROPERTIES C_STANDARD 11 CXX_STANDARD 17)
  if(DUALGRID_LIBFUZZER)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${target} PRIVATE "${CMAKE_SOURCE_DIR}/fuzz/seeded.c")
  endif()
  if(UNIX)
    target_link_libraries(${target} PRIVATE m)
  endif()
endfunction()
