# The one place for language level, defines and warnings: every target links qf_options.
option(QF_UNITY "Merge sources for a faster clean build" OFF)
option(QF_WERROR "Treat warnings as errors: for those who change the code, not for those who build it" OFF)
set(QF_SANITIZE "" CACHE STRING "Sanitizers to build with: address;undefined or thread")

add_library(qf_options INTERFACE)
target_compile_features(qf_options INTERFACE cxx_std_20)
target_compile_definitions(qf_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
  QF_VERSION="${PROJECT_VERSION}"
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
target_compile_options(qf_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -fstack-protector-strong $<$<BOOL:${QF_WERROR}>:-Werror>)
target_link_options(qf_options INTERFACE -Wl,-z,relro,-z,now)
foreach(sanitizer IN LISTS QF_SANITIZE)
  target_compile_options(qf_options INTERFACE -fsanitize=${sanitizer} -fno-omit-frame-pointer)
  target_link_options(qf_options INTERFACE -fsanitize=${sanitizer})
endforeach()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_UNITY_BUILD ${QF_UNITY})
# All programs side by side, so that one starts the next from its own folder, installed or not.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
find_program(QF_CCACHE ccache)
if(QF_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${QF_CCACHE}")
endif()

# qf_library(<target> <Alias> [MOC] SOURCES … HEADERS … PUBLIC … PRIVATE …)
# A static library of this project: namespaced alias, includes from the root, the common options.
# MOC for a library that has QObjects.
function(qf_library target alias)
  cmake_parse_arguments(arg "MOC" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(${target} STATIC)
  add_library(Qingfeng::${alias} ALIAS ${target})
  target_sources(${target} PRIVATE ${arg_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} qf_options)
  set_target_properties(${target} PROPERTIES AUTOMOC ${arg_MOC})
endfunction()

# qf_test(<name> [LABELS …] [TIMEOUT s] [LIBRARIES …]): one Qt Test program tst_<name>.cpp in this folder.
function(qf_test name)
  cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "LABELS;LIBRARIES;SOURCES;ENVIRONMENT" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(tst_${name} tst_${name}.cpp ${arg_SOURCES})
  set_target_properties(tst_${name} PROPERTIES AUTOMOC ON UNITY_BUILD OFF
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  target_link_libraries(tst_${name} PRIVATE Qt6::Test qf_test_support ${arg_LIBRARIES} qf_options)
  add_test(NAME ${name} COMMAND tst_${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QF_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};${arg_ENVIRONMENT}"
    RUN_SERIAL ${arg_SERIAL})
endfunction()

# qf_embed_text(<target> <header> <array name> FILES …): text files as a constexpr array in a generated header.
function(qf_embed_text target header name)
  cmake_parse_arguments(arg "" "" "FILES" ${ARGN})
  list(TRANSFORM arg_FILES PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${header}")
  add_custom_command(OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} "-DOUT=${out}" "-DNAME=${name}" "-DFILES=${arg_FILES}"
      -P "${PROJECT_SOURCE_DIR}/cmake/EmbedText.cmake"
    DEPENDS ${arg_FILES} "${PROJECT_SOURCE_DIR}/cmake/EmbedText.cmake" VERBATIM)
  target_sources(${target} PRIVATE "${out}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()
