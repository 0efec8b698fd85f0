#pragma once

#include <array>
#include <string_view>

/**
 * Every word that the holder writes on the screen by itself, in UTF-8. The build draws the characters of
 * exactly these texts, of the built-in questions, and printable ASCII (app/gate/tools/render_questions), so
 * that the gate needs no font when it runs: a text that does not stand here cannot be written.
 */
namespace qingfeng::gate::page_text {

inline constexpr std::string_view heading = "今日一题";
inline constexpr std::string_view preface
    = "答题程序暂时打不开，由会话门直接出题，答完就进入桌面。作答照常记入档案，无需联系信息部门。";
inline constexpr std::string_view again = "刚才答得太快，已记录，不计入。请看清题目，再答一题。";
inline constexpr std::string_view single = "单选题";
inline constexpr std::string_view trueFalse = "判断题";
inline constexpr std::string_view askHint = "按 A–D 或 1–4 选择，↑ ↓ 移动，回车提交，U 不确定";
inline constexpr std::string_view askHintTwo = "按 A、B 或 1、2 选择，↑ ↓ 移动，回车提交，U 不确定";
inline constexpr std::string_view right = "回答正确";
inline constexpr std::string_view wrong = "回答错误";
inline constexpr std::string_view unsure = "不确定";
inline constexpr std::string_view rightAnswer = "（正确答案）";
inline constexpr std::string_view yourAnswer = "（您的选择）";
inline constexpr std::string_view why = "为什么不行";
inline constexpr std::string_view instead = "应当怎么做";
inline constexpr std::string_view basis = "法律依据";
inline constexpr std::string_view enterHint = "已记录。按回车进入桌面";
inline constexpr std::string_view waiting = "正在记录";
inline constexpr std::string_view footer = "E 紧急进入　P 关机";
inline constexpr std::string_view footerWithCode = "E 紧急进入　P 关机　K 解锁码";
inline constexpr std::string_view leaveTitle = "紧急进入：为什么？原因会记录，管理员看得到。";
inline constexpr std::string_view leaveHint = "按 1–4 选择，Esc 返回题目";
inline constexpr std::string_view powerTitle = "关闭这台电脑？下次开机再答题。";
inline constexpr std::string_view powerHint = "再按一次 P 关机，Esc 返回题目";
inline constexpr std::string_view codeTitle = "把下面这串字符读给管理员，再输入他念的解锁码：";
inline constexpr std::string_view codeHint = "输入十位解锁码，回车提交，Esc 返回题目";
inline constexpr std::string_view codeTypo = "有一位输错了，请核对后重输。";
inline constexpr std::string_view codeWrong = "这个解锁码不对。它只对上面这一串字符有效。";
inline constexpr std::string_view codeWait = "试得太多了，请稍等再试：";
inline constexpr std::string_view seconds = "秒";

inline constexpr std::string_view countdownBefore = "题目暂时无法显示，桌面将在 ";
inline constexpr std::string_view countdownAfter = " 秒后打开";
inline constexpr std::string_view countdownNote = "已记录本次情况，无需联系信息部门";
inline constexpr std::string_view openingBefore = "不作答也会打开：桌面将在 ";

struct Reason
{
    std::string_view word; ///< of Obligation::reason
    std::string_view text;
};
inline constexpr std::array<Reason, 4> reasons{{{"taxpayer-waiting", "有纳税人在等候"},
    {"meeting", "要参加会议"}, {"emergency", "有紧急事务"}, {"other", "其他"}}};

/** All of the above, for the build's tool. */
inline constexpr std::array all{heading, preface, again, single, trueFalse, askHint, askHintTwo, right, wrong,
    unsure, rightAnswer, yourAnswer, why, instead, basis, enterHint, waiting, footer, footerWithCode,
    leaveTitle, leaveHint, powerTitle, powerHint, codeTitle, codeHint, codeTypo, codeWrong, codeWait, seconds,
    countdownBefore, countdownAfter, countdownNote, openingBefore, reasons[0].text, reasons[1].text,
    reasons[2].text, reasons[3].text};

} // namespace qingfeng::gate::page_text
