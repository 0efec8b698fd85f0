# cmake -DOUT=… -DNAME=… "-DFILES=a;b" -P EmbedText.cmake: a header with std::array NAME of {file name, content}.
set(body "")
set(count 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND body "    EmbeddedText {\"${name}\", R\"qf_text(${text})qf_text\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUT}" "#pragma once
#include <array>
#include <string_view>
namespace qingfeng {
struct EmbeddedText { std::string_view name; std::string_view text; };
inline constexpr std::array<EmbeddedText, ${count}> ${NAME} {{
${body}}};
}
")
