# Finds the sources of a third-party library, in this order:
#   1. the tree named by -DDUALGRID_<LIB>_SOURCE=DIR,
#   2. the pinned crate, when cargo is there to fetch it,
#   3. the pinned upstream release archive.
# A package whose checksum is not the pinned one is never unpacked.

set(DUALGRID_SOURCES_DIR "${CMAKE_BINARY_DIR}/sources" CACHE PATH
    "Where fetched sources are kept")

# dualgrid_find_source(<result> <LIB>) sets <result> to the source tree of LIB (OSQP, QDLDL, SEAL),
# and stops with every reason when there is none.
function(dualgrid_find_source result lib)
  set(DUALGRID_${lib}_SOURCE "" CACHE PATH "Source tree of ${lib}; fetched when empty")
  if(DUALGRID_${lib}_SOURCE)
    get_filename_component(tree "${DUALGRID_${lib}_SOURCE}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
    if(NOT EXISTS "${tree}/CMakeLists.txt")
      message(FATAL_ERROR "no sources of ${lib} in ${tree} (DUALGRID_${lib}_SOURCE)")
    endif()
    set(origin "given")
  else()
    _dualgrid_from_crate(tree crate_failure ${${lib}_CRATE})
    set(origin "crate")
    if(NOT tree)
      _dualgrid_from_archive(tree archive_failure ${lib} ${${lib}_ARCHIVE})
      set(origin "release archive")
    endif()
    if(NOT tree)
      message(FATAL_ERROR
        "no sources of ${lib}: crate: ${crate_failure}; release archive: ${archive_failure}; "
        "give a source tree with -DDUALGRID_${lib}_SOURCE=DIR")
    endif()
  endif()
  message(STATUS "${lib} sources (${origin}): ${tree}")
  set(${result} "${tree}" PARENT_SCOPE)
endfunction()

# Fetches a crate into a cargo home of our own and unpacks it. Only cargo's download is used: no
# crate is compiled, and its dependencies are left where cargo put them.
function(_dualgrid_from_crate result failure crate version sha256 subdirectory)
  set(${result} "" PARENT_SCOPE)
  set(${failure} "" PARENT_SCOPE)
  set(tree "${DUALGRID_SOURCES_DIR}/${crate}-${version}")
  if(EXISTS "${tree}/${subdirectory}/CMakeLists.txt")
    set(${result} "${tree}/${subdirectory}" PARENT_SCOPE)
    return()
  endif()
  find_program(DUALGRID_CARGO cargo DOC "cargo, which fetches the pinned crates")
  if(NOT DUALGRID_CARGO)
    set(${failure} "no cargo" PARENT_SCOPE)
    return()
  endif()
  # One manifest for each crate: two crates that link the same library exclude one another.
  set(manifest "${DUALGRID_SOURCES_DIR}/fetch-${crate}-${version}")
  set(home "${DUALGRID_SOURCES_DIR}/cargo-home")
  file(WRITE "${manifest}/Cargo.toml"
    "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2018\"\n"
    "[lib]\npath = \"lib.rs\"\n"
    "[dependencies]\n${crate} = \"=${version}\"\n[workspace]\n")
  file(WRITE "${manifest}/lib.rs" "")
  message(STATUS "fetching the crate ${crate} ${version}")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env "CARGO_HOME=${home}" "${DUALGRID_CARGO}" fetch --quiet
    WORKING_DIRECTORY "${manifest}"
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
  file(GLOB package "${home}/registry/cache/*/${crate}-${version}.crate")
  if(NOT package)
    string(STRIP "${output}" output)
    set(${failure} "cargo fetch failed (${status}): ${output}" PARENT_SCOPE)
    return()
  endif()
  list(GET package 0 package)
  file(SHA256 "${package}" actual)
  if(NOT actual STREQUAL sha256)
    set(${failure} "${crate} ${version} has SHA-256 ${actual}, not ${sha256}" PARENT_SCOPE)
    return()
  endif()
  file(ARCHIVE_EXTRACT INPUT "${package}" DESTINATION "${DUALGRID_SOURCES_DIR}")
  if(NOT EXISTS "${tree}/${subdirectory}/CMakeLists.txt")
    set(${failure} "${crate} ${version} holds no ${subdirectory}/CMakeLists.txt" PARENT_SCOPE)
    return()
  endif()
  set(${result} "${tree}/${subdirectory}" PARENT_SCOPE)
endfunction()

function(_dualgrid_from_archive result failure lib url sha256)
  set(${result} "" PARENT_SCOPE)
  set(${failure} "" PARENT_SCOPE)
  set(unpacked "${DUALGRID_SOURCES_DIR}/${lib}-archive")
  file(GLOB found "${unpacked}/*/CMakeLists.txt")
  if(NOT found)
    set(archive "${DUALGRID_SOURCES_DIR}/${lib}.tar.gz")
    message(STATUS "downloading ${url}")
    file(DOWNLOAD "${url}" "${archive}" STATUS status INACTIVITY_TIMEOUT 30 TIMEOUT 600)
    list(GET status 0 code)
    list(GET status 1 text)
    if(NOT code EQUAL 0)
      file(REMOVE "${archive}")
      set(${failure} "${url}: ${text}" PARENT_SCOPE)
      return()
    endif()
    file(SHA256 "${archive}" actual)
    if(NOT actual STREQUAL sha256)
      file(REMOVE "${archive}")
      set(${failure} "${url} has SHA-256 ${actual}, not ${sha256}" PARENT_SCOPE)
      return()
    endif()
    file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${unpacked}")
    file(GLOB found "${unpacked}/*/CMakeLists.txt")
    if(NOT found)
      set(${failure} "${url} holds no CMakeLists.txt" PARENT_SCOPE)
      return()
    endif()
  endif()
  list(GET found 0 found)
  get_filename_component(found "${found}" DIRECTORY)
  set(${result} "${found}" PARENT_SCOPE)
endfunction()
