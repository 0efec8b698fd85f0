<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>qingfeng::AnswerView</name>
    <message>
        <source>Part %1 · %2</source>
        <extracomment>Heading of one part of a case: %1 its number, %2 its type.</extracomment>
        <translation>第 %1 题 · %2</translation>
    </message>
    <message>
        <source>Answer every part. Enter goes on.</source>
        <translation>逐题作答，回车到下一题。</translation>
    </message>
</context>
<context>
    <name>qingfeng::ArchivePage</name>
    <message>
        <source>&amp;Export as PDF</source>
        <translation>导出为 PDF(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Open the file</source>
        <translation>打开文件(&amp;O)</translation>
    </message>
    <message>
        <source>Writing the archive …</source>
        <translation>正在导出档案 …</translation>
    </message>
    <message>
        <source>Written to %1. It carries the proof of every answer inside.</source>
        <extracomment>%1 a file.</extracomment>
        <translation>已导出到 %1，文件内带有每次作答的校验依据。</translation>
    </message>
    <message>
        <source>Learning archive of %1, %2</source>
        <extracomment>Name of a file, without its ending: %1 a person, %2 a date.</extracomment>
        <translation>电子学习档案-%1-%2</translation>
    </message>
    <message>
        <source>My archive</source>
        <translation>我的档案</translation>
    </message>
    <message>
        <source>Your archive begins with the first answer</source>
        <translation>答完第一题，档案从这里开始</translation>
    </message>
    <message>
        <source>It will show what you have covered, what sits well and what deserves another look. Only you and those whom the rules name can see it.</source>
        <translation>这里会显示已经学过哪些风险点、哪些掌握得好、哪些值得再看一遍。只有您本人和制度规定的人员可以查看。</translation>
    </message>
    <message>
        <source>&amp;Start learning</source>
        <translation>开始学习(&amp;S)</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Days in a row</source>
        <translation>连续学习</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>正确率</translation>
    </message>
    <message>
        <source>Right answers per risk point</source>
        <translation>各风险点正确率</translation>
    </message>
    <message>
        <source>Study days</source>
        <translation>学习日历</translation>
    </message>
    <message>
        <source>Right answers by week</source>
        <translation>每周正确率</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>题</translation>
    </message>
    <message numerus="yes">
        <source>%n right</source>
        <translation>
            <numerusform>答对 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>none yet today</source>
        <translation>今日还未作答</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message numerus="yes">
        <source>%n study day(s) altogether</source>
        <translation>
            <numerusform>累计学习 %n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n answer(s)</source>
        <translation>
            <numerusform>%n 题中答对 %1 题</numerusform>
        </translation>
    </message>
    <message>
        <source>Show &amp;fewer</source>
        <translation>收起(&amp;F)</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>展开全部 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Parts of the archive</source>
        <translation>档案的各部分</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Every answer</source>
        <translation>作答记录</translation>
    </message>
    <message>
        <source>mastery score</source>
        <translation>掌握分</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Valid answers</source>
        <translation>有效作答</translation>
    </message>
    <message>
        <source>Some answers came faster than a question can be read; they are recorded and not counted.</source>
        <translation>有些作答快于读题所需的时间，已记录，不计入。</translation>
    </message>
    <message>
        <source>Mastery score over time</source>
        <translation>掌握分变化</translation>
    </message>
    <message>
        <source>Posts and their risk points</source>
        <translation>岗位与风险点</translation>
    </message>
    <message>
        <source>Mastery by post and risk point</source>
        <translation>各岗位风险点的掌握程度</translation>
    </message>
    <message>
        <source>What deserves another look</source>
        <translation>值得再看的风险点</translation>
    </message>
    <message numerus="yes">
        <source>%n came too fast</source>
        <translation>
            <numerusform>%n 次过快</numerusform>
        </translation>
    </message>
    <message>
        <source>every one was read</source>
        <translation>都读了题再答</translation>
    </message>
</context>
<context>
    <name>qingfeng::AttemptDetail</name>
</context>
<context>
    <name>qingfeng::BarList</name>
    <message>
        <source>Study these</source>
        <translation>学习这些</translation>
    </message>
    <message>
        <source>Study &apos;%1&apos;</source>
        <extracomment>%1 name of a risk point.</extracomment>
        <translation>学习「%1」</translation>
    </message>
</context>
<context>
    <name>qingfeng::BarRow</name>
    <message>
        <source>%1, not asked yet</source>
        <extracomment>%1 high risk, medium risk …</extracomment>
        <translation>%1，还未问到</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 right of %n answer(s)</source>
        <extracomment>%1 high risk …, %2 a percentage.</extracomment>
        <translation>
            <numerusform>%1，作答 %n 题，正确率 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>还未问到</translation>
    </message>
    <message numerus="yes">
        <source>%1 right · %n answer(s)</source>
        <extracomment>%1 a percentage; beside a bar.</extracomment>
        <translation>
            <numerusform>正确率 %1 · %n 题</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::BlankItem</name>
    <message>
        <source>Blank %1</source>
        <translation>第 %1 空</translation>
    </message>
    <message>
        <source>Type the answer</source>
        <translation>填写答案</translation>
    </message>
    <message>
        <source>Fill in every blank. Enter goes on.</source>
        <translation>逐空填写，回车到下一空。</translation>
    </message>
    <message>
        <source>Fill in the blank. Enter submits.</source>
        <translation>填写后按回车提交。</translation>
    </message>
    <message>
        <source>Right</source>
        <extracomment>%1 the right wording of a blank.</extracomment>
        <translation>正确</translation>
    </message>
    <message>
        <source>Right is: %1</source>
        <translation>正确答案：%1</translation>
    </message>
</context>
<context>
    <name>qingfeng::ChoiceItem</name>
    <message>
        <source>Choose all that are right. Letter keys choose, Enter submits.</source>
        <translation>选出全部正确项。字母键选择，回车键提交。</translation>
    </message>
    <message>
        <source>Letter keys choose, Enter submits.</source>
        <translation>字母键选择，回车键提交。</translation>
    </message>
</context>
<context>
    <name>qingfeng::ChoiceRow</name>
    <message>
        <source>Your choice · right answer</source>
        <translation>您的选择 · 正确答案</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>Your choice</source>
        <translation>您的选择</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>choice</comment>
        <extracomment>%1 letter of the choice, %2 its text.</extracomment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>qingfeng::DayCalendar</name>
    <message>
        <source>Calendar of study days</source>
        <translation>学习日历</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n answer(s)</source>
        <extracomment>%1 a date.</extracomment>
        <translation>
            <numerusform>%1：作答 %n 题</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::ErrorTexts</name>
    <message>
        <source>The archive could not be written as a file.</source>
        <translation>档案没有导出成功。</translation>
    </message>
    <message>
        <source>The archive itself is unchanged. Free some space in the documents folder and try again.</source>
        <translation>档案本身没有改动。请检查“文档”文件夹的可用空间后重试。</translation>
    </message>
    <message>
        <source>What was looked for is not there.</source>
        <translation>要找的内容不存在。</translation>
    </message>
    <message>
        <source>Something in the data is not as it should be.</source>
        <translation>数据中有一处不符合要求。</translation>
    </message>
    <message>
        <source>The same record exists already with another content.</source>
        <translation>同一条记录已经存在，内容不同。</translation>
    </message>
    <message>
        <source>This is not permitted here.</source>
        <translation>此处不允许这项操作。</translation>
    </message>
    <message>
        <source>Data on this computer contradicts itself.</source>
        <translation>本机数据前后不一致。</translation>
    </message>
    <message>
        <source>The data was written by a newer version of the program.</source>
        <translation>数据由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>It is larger than the program accepts.</source>
        <translation>内容超过程序允许的大小。</translation>
    </message>
    <message>
        <source>The data is in use or the server cannot be reached at the moment.</source>
        <translation>数据正被占用，或暂时连不上服务器。</translation>
    </message>
    <message>
        <source>It took longer than it may.</source>
        <translation>用时超过限度。</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written.</source>
        <translation>磁盘已满或无法写入。</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>程序出现了问题。</translation>
    </message>
    <message>
        <source>The answer could not be saved.</source>
        <translation>这次作答没有保存成功。</translation>
    </message>
    <message>
        <source>The question could not be shown.</source>
        <translation>题目没能显示出来。</translation>
    </message>
    <message>
        <source>Your records are safe. If it stays so, use the emergency entry and tell the administrator.</source>
        <translation>您的记录完好。若一直如此，请用「紧急进入」，并告知管理员。</translation>
    </message>
    <message>
        <source>Nobody with this employee number is known on this computer. Check the number, or answer for the common post for now.</source>
        <translation>本机名册中没有这个工号。请核对工号，或先按通用岗位作答。</translation>
    </message>
    <message>
        <source>The PIN does not fit, or none has been set. Try again, or ask the administrator for a new one.</source>
        <translation>口令不符，或尚未设置口令。请重试，或请管理员重新设置。</translation>
    </message>
    <message>
        <source>Sign-in is not possible at the moment.</source>
        <translation>暂时无法登录。</translation>
    </message>
    <message>
        <source>You can answer for the common post for now.</source>
        <translation>可先按通用岗位作答。</translation>
    </message>
    <message>
        <source>The emergency entry could not be recorded.</source>
        <translation>紧急进入没有登记成功。</translation>
    </message>
    <message>
        <source>Try once more; the desktop opens by itself when the fault stays.</source>
        <translation>请再试一次；若故障持续，桌面会自行打开。</translation>
    </message>
    <message>
        <source>The archive could not be read.</source>
        <translation>档案没能读出。</translation>
    </message>
    <message>
        <source>Nothing was changed. Try again later or tell the administrator.</source>
        <translation>没有改动任何内容。请稍后再试，或告知管理员。</translation>
    </message>
    <message>
        <source>The question bank could not be updated.</source>
        <translation>题库没有更新成功。</translation>
    </message>
    <message>
        <source>The bank before stays in use. It is tried again by itself.</source>
        <translation>继续使用原来的题库，稍后会自动重试。</translation>
    </message>
    <message>
        <source>Records could not be sent.</source>
        <translation>记录没有送达。</translation>
    </message>
    <message>
        <source>They are kept on this computer and sent later by themselves.</source>
        <translation>记录保存在本机，稍后会自动发送。</translation>
    </message>
    <message>
        <source>There is no question for you right now. Your records are safe, and the next update of the question bank brings new ones.</source>
        <translation>暂时没有适合您的题目。您的记录完好，题库更新后会有新题。</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <extracomment>Three sentences: what happened, why, what was kept safe and what to do.</extracomment>
        <translation>%1%2%3</translation>
    </message>
    <message>
        <source>Earlier records are safe. Press &apos;Submit&apos; once more; if that fails, use the emergency entry.</source>
        <translation>以前的记录完好。请再按一次「提交」；仍不成功时，可用「紧急进入」。</translation>
    </message>
    <message>
        <source>It could not be kept.</source>
        <translation>没有存下来。</translation>
    </message>
    <message>
        <source>Nothing else was changed. Try once more.</source>
        <translation>其他内容没有变动，请再试一次。</translation>
    </message>
</context>
<context>
    <name>qingfeng::ExplanationView</name>
    <message>
        <source>The act</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Consequence</source>
        <translation>后果</translation>
    </message>
    <message>
        <source>Instead</source>
        <translation>应当怎么做</translation>
    </message>
    <message>
        <source>Legal basis</source>
        <translation>法律依据</translation>
    </message>
</context>
<context>
    <name>qingfeng::GateFooter</name>
    <message>
        <source>&amp;Emergency entry</source>
        <translation>紧急进入(&amp;E)</translation>
    </message>
    <message>
        <source>Text size %1 %</source>
        <translation>字号 %1%</translation>
    </message>
    <message>
        <source>&amp;Power off</source>
        <translation>关机(&amp;P)</translation>
    </message>
    <message>
        <source>Why? The reason is recorded for the administrator.</source>
        <translation>请选择原因，将登记并供管理员查看：</translation>
    </message>
    <message>
        <source>A &amp;taxpayer is waiting</source>
        <translation>纳税人在等(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Meeting</source>
        <translation>会议(&amp;M)</translation>
    </message>
    <message>
        <source>Urgent &amp;matter</source>
        <translation>紧急事项(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Other</source>
        <translation>其他(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>The computer will be switched off. The question is asked again next time.</source>
        <translation>将关闭本机，题目留到下次开机再答。</translation>
    </message>
    <message>
        <source>Press once more to &amp;power off</source>
        <translation>再按一次关机(&amp;P)</translation>
    </message>
    <message>
        <source>Put it o&amp;ff</source>
        <translation>暂缓(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Put it off</source>
        <translation>暂缓(&amp;P)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>Two sentences, one after the other.</extracomment>
        <translation>%1%2</translation>
    </message>
    <message numerus="yes">
        <source>It is asked again in %n minute(s).</source>
        <translation>
            <numerusform>%n 分钟后再出题。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You can put it off %n time(s) this week.</source>
        <translation>
            <numerusform>本周还可暂缓 %n 次。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You can put it off %n time(s) this month.</source>
        <translation>
            <numerusform>本月还可暂缓 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>This week&apos;s deferrals have been used.</source>
        <translation>本周的暂缓次数已用完。</translation>
    </message>
    <message>
        <source>This month&apos;s deferrals have been used.</source>
        <translation>本月的暂缓次数已用完。</translation>
    </message>
    <message>
        <source>It is too late in the day to put it off.</source>
        <translation>今天时间已晚，不能再暂缓。</translation>
    </message>
    <message>
        <source>The clock of this computer was changed, so it cannot be put off now.</source>
        <translation>本机时间有过改动，现在不能暂缓。</translation>
    </message>
    <message numerus="yes">
        <source>The question comes back in %n minute(s).</source>
        <translation>
            <numerusform>%n 分钟后再出题。</numerusform>
        </translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小字号</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大字号</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>解锁码(&amp;C)</translation>
    </message>
    <message>
        <source>Unlock code</source>
        <translation>解锁码</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Read this to the administrator: %1. Then type the code you are told.</source>
        <extracomment>%1 letters to be read out on the telephone.</extracomment>
        <translation>把这串字符读给管理员：%1，再输入他念的解锁码。</translation>
    </message>
    <message>
        <source>One letter is not right; please check it.</source>
        <translation>有一位输错了，请核对。</translation>
    </message>
    <message numerus="yes">
        <source>That was tried too often. Please wait %n second(s).</source>
        <translation>
            <numerusform>试得太多了，请等 %n 秒再试。</numerusform>
        </translation>
    </message>
    <message>
        <source>This code is not right. It belongs to these letters alone:</source>
        <translation>这个解锁码不对，它只对这串字符有效：</translation>
    </message>
</context>
<context>
    <name>qingfeng::GatePage</name>
    <message>
        <source>Enter the &amp;desktop</source>
        <translation>进入桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Go on learning</source>
        <translation>继续学习(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Next question</source>
        <translation>下一题(&amp;N)</translation>
    </message>
    <message>
        <source>Question of the day</source>
        <translation>今日一题</translation>
    </message>
    <message>
        <source>One question, then the desktop opens.</source>
        <translation>答一题即可进入桌面。</translation>
    </message>
    <message>
        <source>Any answer opens the desktop.</source>
        <translation>作答即可进入桌面，不论对错。</translation>
    </message>
    <message numerus="yes">
        <source>one question today, about %n second(s)</source>
        <translation>
            <numerusform>今日一题，约 %n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>%1 name of the common post, %2 how much is asked.</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <extracomment>%1 name of the learner, %2 post, %3 how much is asked.</extracomment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Recorded. Press Enter to go to the desktop.</source>
        <translation>已记录，按回车键进入桌面。</translation>
    </message>
    <message>
        <source>Recorded, not counted. Take your time with one more.</source>
        <translation>已记录但未计入，请从容再答一题。</translation>
    </message>
    <message>
        <source>Recorded. One more question is owed today.</source>
        <translation>已记录，今日还有题目待答。</translation>
    </message>
    <message numerus="yes">
        <source>%n answers open the desktop.</source>
        <translation>
            <numerusform>再答 %n 题即可进入桌面，不论对错。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>question %1 of %2, about %n second(s)</source>
        <translation>
            <numerusform>第 %1 题，共 %2 题，约 %n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Number %1 of %2 today. </source>
        <extracomment>%1 number of this occasion, %2 how many there are in a day. A space follows where the language has one.</extracomment>
        <translation>今天第 %1 次，共 %2 次。</translation>
    </message>
    <message>
        <source>You had put it off until now. </source>
        <translation>暂缓的时间已到。</translation>
    </message>
    <message>
        <source>The clock of this computer was set back, so the deferral has ended. </source>
        <translation>本机时间有过回调，暂缓已结束。</translation>
    </message>
    <message>
        <source>A rule has changed, so there is a question again. </source>
        <translation>有关规定有变动，今天请答一题。</translation>
    </message>
    <message>
        <source>Something new concerns your post, so there is a question again. </source>
        <translation>您的岗位有新的内容，今天请答一题。</translation>
    </message>
    <message>
        <source>No question today: you know your risk points well. Quiet until %1.</source>
        <extracomment>%1 a date.</extracomment>
        <translation>今天不用答题：您对本岗位的风险点掌握得好。免打扰到%1。</translation>
    </message>
    <message>
        <source>Press Enter to go to the desktop.</source>
        <translation>按回车进入桌面。</translation>
    </message>
    <message>
        <source>It can no longer be put off now.</source>
        <translation>现在不能再暂缓了。</translation>
    </message>
    <message>
        <source>Your question has been answered</source>
        <translation>您的问题有了答复</translation>
    </message>
    <message>
        <source>The administrator has written to you.</source>
        <translation>管理员给您写了答复。</translation>
    </message>
</context>
<context>
    <name>qingfeng::GateWindow</name>
    <message>
        <source>Qingfeng</source>
        <translation>清风</translation>
    </message>
</context>
<context>
    <name>qingfeng::HeatMap</name>
    <message>
        <source>%1, not asked yet</source>
        <extracomment>%1 high risk, medium risk …</extracomment>
        <translation>%1，还没有问过</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2, mastery %3 of %n answer(s)</source>
        <extracomment>%1 high risk …, %2 weak, basic …, %3 a percentage.</extracomment>
        <translation>
            <numerusform>%1，%2，掌握度 %3，答过 %n 次</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::HistoryModel</name>
    <message>
        <source>Question %1, no longer in the bank</source>
        <extracomment>%1 id of a question that the bank has no more.</extracomment>
        <translation>题目 %1，题库中已没有</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <extracomment>%1 right, wrong …; %2 date, of this year with the time; %3 at the gate, study …</extracomment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Annotated · %1</source>
        <extracomment>%1 what else is said of an answer in a list.</extracomment>
        <translation>有批注 · %1</translation>
    </message>
</context>
<context>
    <name>qingfeng::HistoryPage</name>
    <message>
        <source>Answers</source>
        <translation>作答</translation>
    </message>
    <message>
        <source>Which answers</source>
        <translation>哪些作答</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not right</source>
        <translation>未答对</translation>
    </message>
    <message>
        <source>At the gate</source>
        <translation>每日一题</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>试卷</translation>
    </message>
    <message>
        <source>Annotated</source>
        <translation>有批注</translation>
    </message>
    <message>
        <source>Answers, newest first</source>
        <translation>作答，新的在前</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>The opened answer</source>
        <translation>打开的作答</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>共 %n 次作答</numerusform>
        </translation>
    </message>
    <message>
        <source>No answer of this kind yet. Those to come are kept here.</source>
        <translation>还没有这一类作答。以后的会记在这里。</translation>
    </message>
    <message>
        <source>The bank has this version no more. The answer itself is kept as it was given.</source>
        <translation>题库中已没有这一版题目，作答仍按原样保留。</translation>
    </message>
    <message>
        <source>Study this risk point</source>
        <translation>学习这个风险点</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Annotation by %1, %2</source>
        <extracomment>%1 name and office of an administrator, %2 date and time.</extracomment>
        <translation>批注：%1，%2</translation>
    </message>
</context>
<context>
    <name>qingfeng::MainWindow</name>
    <message>
        <source>Qingfeng</source>
        <translation>清风</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>qingfeng::MatchItem</name>
    <message>
        <source>→ %1</source>
        <extracomment>The letter of what a row was matched with.</extracomment>
        <translation>→ %1</translation>
    </message>
    <message>
        <source>Digits choose on the left, letters what belongs to it.</source>
        <translation>数字键选左侧，字母键选与它对应的右侧。</translation>
    </message>
    <message>
        <source>Belongs to %1</source>
        <translation>应对应 %1</translation>
    </message>
    <message>
        <source>%1, right</source>
        <translation>%1，正确</translation>
    </message>
    <message>
        <source>%1; belongs to %2</source>
        <translation>您选 %1，应为 %2</translation>
    </message>
</context>
<context>
    <name>qingfeng::NumbersView</name>
    <message>
        <source>Numbers: %1</source>
        <extracomment>%1 what the numbers are.</extracomment>
        <translation>数据：%1</translation>
    </message>
    <message>
        <source>Hide the numbers</source>
        <translation>收起数据</translation>
    </message>
    <message>
        <source>Show the numbers</source>
        <translation>查看数据</translation>
    </message>
</context>
<context>
    <name>qingfeng::OrderItem</name>
    <message>
        <source>Press the steps in their order; press once more to take one back.</source>
        <translation>按先后依次点选，再点一次可取消。</translation>
    </message>
    <message>
        <source>Place %1</source>
        <extracomment>The place that a step was given in an order, from 1.</extracomment>
        <translation>第 %1 位</translation>
    </message>
    <message>
        <source>Belongs in place %1</source>
        <translation>应在第 %1 位</translation>
    </message>
    <message>
        <source>Place %1, right</source>
        <translation>第 %1 位，正确</translation>
    </message>
    <message>
        <source>Place %1; belongs in place %2</source>
        <translation>您排第 %1，应为第 %2</translation>
    </message>
</context>
<context>
    <name>qingfeng::PaperPage</name>
    <message>
        <source>Paper</source>
        <translation>试卷</translation>
    </message>
    <message>
        <source>Put off</source>
        <translation>先放一放</translation>
    </message>
    <message>
        <source>The question comes again after the others</source>
        <translation>这道题会排到其他题之后再出</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>交卷</translation>
    </message>
    <message numerus="yes">
        <source>Question %1 of %2 · %n answered</source>
        <translation>
            <numerusform>第 %1 题，共 %2 题 · 已答 %n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered yet. Press &apos;Hand in&apos; once more, or go on.</source>
        <translation>
            <numerusform>还有 %n 题未作答。再按一次「交卷」就交卷，也可以继续作答。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <extracomment>%1 minutes and seconds that are left, such as 12:05.</extracomment>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>qingfeng::PaperReport</name>
    <message>
        <source>Result of the paper</source>
        <translation>试卷成绩</translation>
    </message>
    <message numerus="yes">
        <source>Passed. %1 of %n question(s) right.</source>
        <translation>
            <numerusform>及格。共 %n 题，答对 %1 题。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not passed yet: %1 of %n question(s) right. What was missed stands below with its explanation.</source>
        <translation>
            <numerusform>还未及格：共 %n 题，答对 %1 题。未答对的题和解析列在下面。</numerusform>
        </translation>
    </message>
    <message>
        <source>The time was up. %1</source>
        <translation>时间已到。%1</translation>
    </message>
    <message>
        <source>Paper of %1</source>
        <translation>%1 的试卷</translation>
    </message>
    <message>
        <source>&amp;Another paper</source>
        <translation>再来一份(&amp;A)</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已作答</translation>
    </message>
    <message numerus="yes">
        <source>%n not answered</source>
        <translation>
            <numerusform>%n 题未作答</numerusform>
        </translation>
    </message>
    <message>
        <source>every one</source>
        <translation>全部作答</translation>
    </message>
    <message>
        <source>Pass mark</source>
        <translation>及格线</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>已达到</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>还未达到</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message numerus="yes">
        <source>of %n minute(s)</source>
        <translation>
            <numerusform>限时 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) came faster than the question can be read: recorded, not counted.</source>
        <translation>
            <numerusform>有 %n 题答得快于读题所需的时间：已记录，不计入。</numerusform>
        </translation>
    </message>
    <message>
        <source>By risk point</source>
        <translation>按风险点</translation>
    </message>
    <message>
        <source>Right answers per risk point</source>
        <translation>各风险点答对率</translation>
    </message>
    <message>
        <source>Question by question</source>
        <translation>逐题查看</translation>
    </message>
    <message>
        <source>Open one to read the answer and its explanation.</source>
        <translation>打开一题，查看答案和解析。</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <extracomment>%1 number of a question in a paper, %2 its stem.</extracomment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Question %1, no longer in the bank</source>
        <translation>题目 %1，题库中已没有</translation>
    </message>
    <message>
        <source>The bank has this question no more.</source>
        <translation>题库中已没有这道题。</translation>
    </message>
</context>
<context>
    <name>qingfeng::PaperSetup</name>
    <message>
        <source>New paper</source>
        <translation>新试卷</translation>
    </message>
    <message>
        <source>Questions are drawn by these rules from those that concern you. Every answer is kept at once and counts as practice; answers and explanations are shown at the end. You may leave a paper and take it up again: its clock stands still meanwhile.</source>
        <translation>按下面的规则从与您有关的题目中抽题。每答一题立即存下，作为练习计入；答案和解析在交卷后显示。中途可以离开，回来接着答，离开时计时暂停。</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>限时</translation>
    </message>
    <message>
        <source>Pass mark</source>
        <translation>及格线</translation>
    </message>
    <message>
        <source>Types, none chosen is all</source>
        <translation>题型（不选为全部）</translation>
    </message>
    <message>
        <source>Severity, none chosen is all</source>
        <translation>风险等级（不选为全部）</translation>
    </message>
    <message>
        <source>Posts, none chosen is all</source>
        <translation>岗位（不选为全部）</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>开始答题(&amp;B)</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Common</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>No question fits these rules. One rule less finds some.</source>
        <translation>没有符合这些规则的题目。减少一项规则就会有。</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) fit these rules; the paper has them all.</source>
        <translation>
            <numerusform>符合规则的共 %n 题，全部列入试卷。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are drawn from %n question(s) that fit.</source>
        <translation>
            <numerusform>从符合规则的 %n 题中抽 %1 题。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::PictureView</name>
    <message>
        <source>Picture without a description</source>
        <extracomment>%1 what the picture shows.</extracomment>
        <translation>没有说明的图片</translation>
    </message>
    <message>
        <source>Picture: %1</source>
        <translation>图片：%1</translation>
    </message>
    <message>
        <source>It cannot be shown</source>
        <translation>无法显示</translation>
    </message>
    <message>
        <source>Enter makes it small again</source>
        <translation>按回车缩小</translation>
    </message>
    <message>
        <source>Enter enlarges it</source>
        <translation>按回车放大</translation>
    </message>
</context>
<context>
    <name>qingfeng::ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>qingfeng::QuestionTools</name>
    <message>
        <source>I have a doubt</source>
        <translation>我有疑问</translation>
    </message>
    <message>
        <source>A doubt about this question</source>
        <translation>对这道题的疑问</translation>
    </message>
    <message>
        <source>What seems wrong or unclear? A sentence is enough.</source>
        <translation>哪里不对或不明白？一句话就够。</translation>
    </message>
    <message>
        <source>Your doubt</source>
        <translation>您的疑问</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不写</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>记下</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Favourite; press to take it out</source>
        <translation>已收藏，再按一次取消</translation>
    </message>
    <message>
        <source>With your words go the question, its version and your own answer.</source>
        <translation>随您的话一起送去的还有题目、版本和您的作答。</translation>
    </message>
    <message>
        <source>With your words go the question and its version.</source>
        <translation>随您的话一起送去的还有题目和版本。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <extracomment>%1, %2 two sentences: what goes with the words, and to whom.</extracomment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Written down; it is sent by itself as soon as the server can be reached.</source>
        <translation>已写下；连上服务器后会自动发送。</translation>
    </message>
</context>
<context>
    <name>qingfeng::QuestionView</name>
    <message>
        <source>&amp;Unsure</source>
        <translation>不确定(&amp;U)</translation>
    </message>
    <message>
        <source>Noted as unsure; the explanation follows</source>
        <translation>记为不确定，并显示解析</translation>
    </message>
    <message>
        <source>&amp;Submit</source>
        <translation>提交(&amp;S)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>question</comment>
        <extracomment>For screen readers: %1 type of question, %2 its stem.</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Choose an answer first, or press &apos;Unsure&apos;.</source>
        <translation>请先选择答案，或按「不确定」。</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) still to answer.</source>
        <translation>
            <numerusform>还有 %n 题未答。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::Rail</name>
    <message>
        <source>Places</source>
        <translation>栏目</translation>
    </message>
</context>
<context>
    <name>qingfeng::Readings</name>
    <message>
        <source>%1, %2.</source>
        <extracomment>%1: &quot;n risk points …&quot;, completed below.</extracomment>
        <translation>%1，%2。</translation>
    </message>
    <message numerus="yes">
        <source>%n risk point(s) not asked yet</source>
        <translation>
            <numerusform>还有 %n 个风险点未问到</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deserve(s) another look</source>
        <translation>
            <numerusform>有 %n 个值得再看一遍</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n risk point(s) not asked yet; what was asked is in good order.</source>
        <translation>
            <numerusform>还有 %n 个风险点未问到，已学的都掌握得不错。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every risk point was asked; %n deserve(s) another look.</source>
        <translation>
            <numerusform>风险点已全部问到，有 %n 个值得再看一遍。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every risk point was asked, and none is weak.</source>
        <translation>风险点已全部问到，没有薄弱项。</translation>
    </message>
    <message>
        <source>No risk point is weak.</source>
        <translation>没有薄弱的风险点。</translation>
    </message>
    <message>
        <source>Nothing was answered in this time.</source>
        <translation>这段时间没有作答。</translation>
    </message>
    <message>
        <source>%1 right in the one week with answers.</source>
        <translation>有作答的一周，正确率 %1。</translation>
    </message>
    <message>
        <source>Steady at about %1 right.</source>
        <translation>正确率稳定在 %1 左右。</translation>
    </message>
    <message numerus="yes">
        <source>In the last %1 weeks you learned on %n day(s).</source>
        <extracomment>%1 number of weeks.</extracomment>
        <translation>
            <numerusform>最近 %1 周，有 %n 天在学习。</numerusform>
        </translation>
    </message>
    <message>
        <source>Risen from about %1 to about %2 right.</source>
        <translation>正确率由约 %1 升到约 %2。</translation>
    </message>
    <message>
        <source>From about %1 to about %2 right; the newer questions are harder for you.</source>
        <translation>正确率由约 %1 变为约 %2，新近的题目难一些。</translation>
    </message>
    <message numerus="yes">
        <source>First of all &apos;%1&apos;: %2 right of %n answer(s).</source>
        <extracomment>%1 name of a risk point, %2 a percentage.</extracomment>
        <translation>
            <numerusform>首先是「%1」：%n 次作答，答对 %2。</numerusform>
        </translation>
    </message>
    <message>
        <source>The line begins with the second week.</source>
        <translation>从第二周起，这里会连成曲线。</translation>
    </message>
    <message numerus="yes">
        <source>In the last %n week(s) &apos;%1&apos; went from %2 to %3.</source>
        <extracomment>%1 name of a risk point, %2 and %3 weak, basic …</extracomment>
        <translation>
            <numerusform>最近 %n 周，「%1」由%2到%3。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Steady at %1 for %n week(s).</source>
        <translation>
            <numerusform>最近 %n 周稳定在 %1 分左右。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Risen from %1 to %2 in %n week(s).</source>
        <translation>
            <numerusform>最近 %n 周由 %1 分升到 %2 分。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %1 to %2 in %n week(s): what is not repeated fades.</source>
        <translation>
            <numerusform>最近 %n 周由 %1 分到 %2 分：久未复习的会慢慢淡忘。</numerusform>
        </translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Mastery score</source>
        <translation>掌握分</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>覆盖率</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n covered</source>
        <translation>
            <numerusform>已覆盖 %1 / %n</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 weak, basic …; %2 how many risk points.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>Between the levels and their numbers.</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Risk point</source>
        <translation>风险点</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>程度</translation>
    </message>
    <message>
        <source>Mastery</source>
        <translation>掌握度</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>作答</translation>
    </message>
    <message>
        <source>Week from</source>
        <translation>起始日</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>答对率</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>答对</translation>
    </message>
</context>
<context>
    <name>qingfeng::Reasons</name>
    <message>
        <source>you have not been asked about it yet</source>
        <translation>还没有问过您</translation>
    </message>
    <message>
        <source>the last answer was not right; here it is once more</source>
        <translation>上次没有答对，再来一次</translation>
    </message>
    <message>
        <source>the question has been revised since you answered it</source>
        <translation>这道题在您上次作答后作了修订</translation>
    </message>
    <message numerus="yes">
        <source>you knew it %n day(s) ago, and it may have faded since</source>
        <translation>
            <numerusform>%n 天前你答对过，如今可能有些淡忘</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody concerned answers it by %1</source>
        <extracomment>%1 a date.</extracomment>
        <translation>相关人员都要在%1前作答</translation>
    </message>
    <message>
        <source>everybody concerned answers it</source>
        <translation>相关人员都要作答</translation>
    </message>
    <message>
        <source>the rules have changed; please look at it by %1</source>
        <extracomment>%1 a date.</extracomment>
        <translation>所依据的法规有变化，请在%1前了解</translation>
    </message>
    <message>
        <source>the rules have changed since</source>
        <translation>所依据的法规有变化</translation>
    </message>
    <message>
        <source>it belongs to the current theme &apos;%1&apos;</source>
        <extracomment>%1 name of the theme.</extracomment>
        <translation>属于当前主题「%1」</translation>
    </message>
    <message>
        <source>a question like it was missed three times; here is another way in, with the article</source>
        <translation>同类题目三次没有答对，换一道题，并附上法条</translation>
    </message>
    <message numerus="yes">
        <source>You took up %1 %n day(s) ago. </source>
        <extracomment>%1 name of the post. It stands before the sentence.</extracomment>
        <translation>
            <numerusform>你到%1岗已有 %n 天。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last asked %n day(s) ago</source>
        <translation>
            <numerusform>距上次作答已有 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>a short refresher</source>
        <translation>温习一下</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>reason</comment>
        <extracomment>%1 which risk point it is about, %2 why it is asked now.</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>A %1 point for everybody, &apos;%2&apos;</source>
        <extracomment>%1 high risk, medium risk …; %2 name of the risk point.</extracomment>
        <translation>人人适用的%1点「%2」</translation>
    </message>
    <message>
        <source>%1: the %2 point &apos;%3&apos;</source>
        <extracomment>%1 name of the post, %2 high risk …, %3 name of the risk point.</extracomment>
        <translation>%1岗的%2点「%3」</translation>
    </message>
</context>
<context>
    <name>qingfeng::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Who I am</source>
        <translation>我是谁</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Employee number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>识别方式</translation>
    </message>
    <message>
        <source>Sign in as &amp;another person</source>
        <translation>以其他人登录(&amp;A)</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>外观与语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Records and server</source>
        <translation>记录与服务器</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Last sync</source>
        <translation>上次同步</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Question bank</source>
        <translation>题库</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Qingfeng %1</source>
        <translation>清风 %1</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>One question a day about the integrity risks of your post.</source>
        <translation>每天一题，了解本岗位的廉政风险。</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>&amp;Copy debug information</source>
        <translation>复制诊断信息(&amp;C)</translation>
    </message>
    <message>
        <source>Copied. It holds no name and no answer.</source>
        <translation>已复制，不含姓名和作答内容。</translation>
    </message>
    <message>
        <source>Not known on this computer</source>
        <translation>本机尚未识别</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of posts</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>By the account of this computer</source>
        <translation>按本机账户识别</translation>
    </message>
    <message>
        <source>By sign-in on this computer</source>
        <translation>按本机登录识别</translation>
    </message>
    <message>
        <source>By the employee number of the account</source>
        <translation>按账户资料中的工号识别</translation>
    </message>
    <message>
        <source>By the full name of the account</source>
        <translation>按账户资料中的姓名识别</translation>
    </message>
    <message>
        <source>Nobody is named for this account; questions of the common post are asked</source>
        <translation>名册中没有此账户，按通用岗位出题</translation>
    </message>
    <message>
        <source>Sign &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>None set up; records stay on this computer</source>
        <translation>未设置，记录保存在本机</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) to be sent</source>
        <translation>
            <numerusform>%n 条记录待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>Revision %1, %n question(s)</source>
        <extracomment>%1 revision of the bank.</extracomment>
        <translation>
            <numerusform>第 %1 版，共 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>Questions at the gate</source>
        <translation>登录时的题目</translation>
    </message>
    <message>
        <source>When</source>
        <translation>什么时候</translation>
    </message>
    <message>
        <source>On which days</source>
        <translation>哪些日子</translation>
    </message>
    <message>
        <source>How many each time</source>
        <translation>每次几题</translation>
    </message>
    <message>
        <source>%1 (set by the office)</source>
        <extracomment>%1 what holds.</extracomment>
        <translation>%1（由单位规定）</translation>
    </message>
    <message>
        <source>Once a day, at the first start or unlock</source>
        <translation>每天一次，首次开机或解锁时</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) a day</source>
        <translation>
            <numerusform>每天 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>At every login</source>
        <translation>每次登录</translation>
    </message>
    <message>
        <source>Working days</source>
        <translation>工作日（含调休上班）</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n 题</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::SidePage</name>
    <message>
        <source>Yang Zhen, Book of the Later Han</source>
        <translation>杨震 ·《后汉书·杨震列传》</translation>
    </message>
    <message>
        <source>Zhang Boxing, Against Gifts</source>
        <translation>张伯行 ·《禁止馈送檄》</translation>
    </message>
    <message>
        <source>Yu Qian, Entering the Capital</source>
        <translation>于谦 ·《入京》</translation>
    </message>
    <message>
        <source>Bao Zheng, on the Wall of the Duanzhou Office</source>
        <translation>包拯 ·《书端州郡斋壁》</translation>
    </message>
    <message>
        <source>Maxims for Officials</source>
        <translation>《官箴》</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 a date, %2 a day of the week.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>&apos;Heaven knows, the spirits know, I know, you know. How can you say that nobody knows?&apos;</source>
        <translation>天知，神知，我知，子知，何谓无知？</translation>
    </message>
    <message>
        <source>&apos;A thread of silk, a grain of rice: my good name. A mite, a hair: the people&apos;s sweat.&apos;</source>
        <translation>一丝一粒，我之名节；一厘一毫，民之脂膏。</translation>
    </message>
    <message>
        <source>&apos;With a clear breeze in both sleeves I go to court, lest the lanes talk of me.&apos;</source>
        <translation>清风两袖朝天去，免得闾阎话短长。</translation>
    </message>
    <message>
        <source>&apos;A clear heart is the root of governing, a straight way the plan of a life.&apos;</source>
        <translation>清心为治本，直道是身谋。</translation>
    </message>
    <message>
        <source>&apos;Officials fear not my severity but my integrity; people trust not my ability but my fairness.&apos;</source>
        <translation>吏不畏吾严，而畏吾廉；民不服吾能，而服吾公。</translation>
    </message>
</context>
<context>
    <name>qingfeng::SignInCard</name>
    <message>
        <source>Who is learning?</source>
        <translation>请先登录</translation>
    </message>
    <message>
        <source>This account is not on the roster yet. Sign in once and this computer knows your post.</source>
        <translation>名册中还没有此账户。登录一次，本机即可识别您的岗位。</translation>
    </message>
    <message>
        <source>Employee number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Sign &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Not now, answer for the common post</source>
        <translation>暂不登录，按通用岗位作答(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Enter employee number and PIN.</source>
        <translation>请输入工号和口令。</translation>
    </message>
</context>
<context>
    <name>qingfeng::StudyPage</name>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>&amp;Next question</source>
        <translation>下一题(&amp;N)</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n risk point(s) covered</source>
        <translation>
            <numerusform>已覆盖 %1 / %n 个风险点</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>%1 how much is covered, %2 answers today.</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) today</source>
        <translation>
            <numerusform>今日已答 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>No question can be shown</source>
        <translation>暂时无法出题</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>再试一次(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing answered wrong is left</source>
        <translation>没有待消的错题</translation>
    </message>
    <message>
        <source>&amp;Study everything</source>
        <translation>学习全部(&amp;S)</translation>
    </message>
    <message>
        <source>All asked here for today</source>
        <translation>这里的题今日已问完</translation>
    </message>
    <message>
        <source>That is all for today</source>
        <translation>今日题目已全部答完</translation>
    </message>
    <message>
        <source>Every question that concerns you has been asked today. The archive shows how far you have come.</source>
        <translation>与您有关的题目今天都已问过。学到哪一步，可在档案中查看。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Answered today already: once more is practice, without credit.</source>
        <translation>今天已经答过，再答一次是练习，不计入掌握分。</translation>
    </message>
    <message>
        <source>A question is asked once a day. This selection goes on tomorrow; other risk points are waiting. A question of the list can be opened at any time.</source>
        <translation>同一题一天只问一次，这一部分明天继续，其他风险点还有题。列表中的题随时可以打开。</translation>
    </message>
    <message>
        <source>Questions whose last answer was not right are collected here. One leaves the book when it is answered right on a later day.</source>
        <translation>最近一次没有答对的题会收在这里。在之后的学习日答对，就移出错题本。</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>还没有收藏</translation>
    </message>
    <message>
        <source>Mark a question with the star below it, and it stands here to be found again.</source>
        <translation>点题目下方的星标，这道题就会出现在这里，方便再看。</translation>
    </message>
</context>
<context>
    <name>qingfeng::StudyRows</name>
    <message numerus="yes">
        <source>%1 of %n question(s)</source>
        <translation>
            <numerusform>%1 / %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>in the question</source>
        <translation>见于题目</translation>
    </message>
    <message>
        <source>in the choices</source>
        <translation>见于选项</translation>
    </message>
    <message>
        <source>in the risk point or post</source>
        <translation>见于风险点或岗位</translation>
    </message>
    <message>
        <source>in the law</source>
        <translation>见于法律依据</translation>
    </message>
    <message>
        <source>in the explanation</source>
        <translation>见于解析</translation>
    </message>
    <message>
        <source>%1 · %2 right</source>
        <translation>%1 · 答对 %2</translation>
    </message>
    <message>
        <source>All risk points</source>
        <translation>全部风险点</translation>
    </message>
    <message>
        <source>on now · %1</source>
        <translation>正在进行 · %1</translation>
    </message>
    <message numerus="yes">
        <source>%1, missed %n time(s)</source>
        <extracomment>%1 a date; a question in the wrong-book.</extracomment>
        <translation>
            <numerusform>%1 未答对，共 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · right since, once more on another day</source>
        <translation>%1 · 当天已答对，改日再答一次</translation>
    </message>
    <message>
        <source>One after another</source>
        <translation>逐题来过</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) in the book</source>
        <translation>
            <numerusform>错题本中 %n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n favourite(s)</source>
        <translation>
            <numerusform>收藏 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: </source>
        <translation>%1：</translation>
    </message>
    <message numerus="yes">
        <source>open, %n question(s) left</source>
        <translation>
            <numerusform>未完成，还剩 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, passed</source>
        <translation>%1，及格</translation>
    </message>
    <message>
        <source>%1, not passed yet</source>
        <translation>%1，还未及格</translation>
    </message>
    <message>
        <source>New paper</source>
        <translation>新试卷</translation>
    </message>
    <message>
        <source>Choose the rules, then begin</source>
        <translation>选好规则即可开始</translation>
    </message>
</context>
<context>
    <name>qingfeng::StudySide</name>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Search questions and laws</source>
        <translation>搜索题目和法律</translation>
    </message>
    <message>
        <source>Search questions, choices, explanations and laws</source>
        <translation>搜索题目、选项、解析和法律</translation>
    </message>
    <message>
        <source>Ways to study</source>
        <translation>学习方式</translation>
    </message>
    <message>
        <source>Posts</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>What to study</source>
        <translation>学什么</translation>
    </message>
    <message>
        <source>Risk points</source>
        <translation>风险点</translation>
    </message>
    <message>
        <source>Laws</source>
        <translation>法律</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Wrong-book</source>
        <translation>错题本</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>试卷</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Common</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Nothing among your questions holds these words. A shorter word, or one word less, finds more.</source>
        <translation>在您的题目中没有找到。换短一些的词，或减少一个词再试。</translation>
    </message>
    <message>
        <source>&amp;Clear the search</source>
        <translation>清除搜索(&amp;C)</translation>
    </message>
    <message>
        <source>%1 found; the first %2 are shown. One more word narrows them.</source>
        <translation>找到 %1 题，显示前 %2 题。再加一个词可以缩小范围。</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) found</source>
        <translation>
            <numerusform>找到 %n 题</numerusform>
        </translation>
    </message>
    <message>
        <source>Questions whose last answer was not right are collected here.</source>
        <translation>最近一次没有答对的题会收在这里。</translation>
    </message>
    <message>
        <source>A question leaves the book when it is answered right on a later day.</source>
        <translation>在之后的学习日答对，就移出错题本。</translation>
    </message>
    <message>
        <source>Questions that you mark with the star stand here.</source>
        <translation>用星标收藏的题会列在这里。</translation>
    </message>
    <message>
        <source>There is nothing to study under this choice.</source>
        <translation>这一选择下没有题目。</translation>
    </message>
    <message>
        <source>&amp;Study everything</source>
        <translation>学习全部(&amp;S)</translation>
    </message>
</context>
<context>
    <name>qingfeng::ThemeCard</name>
    <message>
        <source>These days: %1</source>
        <extracomment>%1 title of a culture theme.</extracomment>
        <translation>近日主题：%1</translation>
    </message>
    <message>
        <source>&amp;Read it</source>
        <translation>读一读(&amp;R)</translation>
    </message>
</context>
<context>
    <name>qingfeng::ThemePage</name>
    <message>
        <source>Themes</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>No theme these days</source>
        <translation>近日没有主题</translation>
    </message>
    <message>
        <source>Before festivals and on other occasions there is something short to read here, with questions that belong to it.</source>
        <translation>节日前后和其他时点，这里会有一篇短文，以及与它有关的题目。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>&amp;Study its questions</source>
        <translation>做有关的题目(&amp;S)</translation>
    </message>
</context>
<context>
    <name>qingfeng::TrayIcon</name>
    <message>
        <source>A new learning record has been begun</source>
        <extracomment>%1 is a file name.</extracomment>
        <translation>已启用新的学习记录</translation>
    </message>
    <message>
        <source>The old one on this PC was damaged and is kept as %1. What had been sent is safe on the server.</source>
        <translation>本机原有的学习记录文件已损坏，另存为 %1，没有删除。已经上传的记录在服务器上，不受影响。</translation>
    </message>
    <message>
        <source>Qingfeng stays in the tray</source>
        <translation>清风仍在托盘中</translation>
    </message>
    <message>
        <source>Press the sign to go on learning or to see your archive.</source>
        <translation>点按图标可继续学习或查看档案。</translation>
    </message>
    <message>
        <source>&amp;Go on learning</source>
        <translation>继续学习(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;My archive</source>
        <translation>我的档案(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Settings and about</source>
        <translation>设置与关于(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Qingfeng</source>
        <translation>清风</translation>
    </message>
    <message numerus="yes">
        <source>Today: %n answer(s), %1 right</source>
        <translation>
            <numerusform>今日：已答 %n 题，答对 %1 题</numerusform>
        </translation>
    </message>
    <message>
        <source>Today: nothing answered yet</source>
        <translation>今日：还未作答</translation>
    </message>
    <message>
        <source>An annotation to your answers</source>
        <translation>您的作答有了批注</translation>
    </message>
    <message numerus="yes">
        <source>An administrator has put a word on record about %n of your answers. You find it in my archive.</source>
        <translation>
            <numerusform>管理员为您的作答加了 %n 条批注，在“我的档案”的作答记录里查看。</numerusform>
        </translation>
    </message>
    <message>
        <source>Your question has been answered</source>
        <translation>您的问题有了答复</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s) from the administrator. Press here to read.</source>
        <translation>
            <numerusform>管理员有 %n 条新答复，点这里查看。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Feedback</source>
        <translation>意见反馈(&amp;F)</translation>
    </message>
</context>
<context>
    <name>qingfeng::Words</name>
    <message>
        <source>Single choice</source>
        <translation>单选</translation>
    </message>
    <message>
        <source>Multiple choice</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>True or false</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>填空</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案例分析</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>high risk</source>
        <translation>高风险</translation>
    </message>
    <message>
        <source>medium risk</source>
        <translation>中风险</translation>
    </message>
    <message>
        <source>low risk</source>
        <translation>低风险</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>答对了</translation>
    </message>
    <message>
        <source>Not right</source>
        <translation>答错了</translation>
    </message>
    <message>
        <source>Partly right</source>
        <translation>部分正确</translation>
    </message>
    <message>
        <source>Noted as unsure</source>
        <translation>已记为不确定</translation>
    </message>
    <message>
        <source>Answered too fast, not counted</source>
        <translation>作答过快，未计入</translation>
    </message>
    <message>
        <source>question of the day</source>
        <translation>今日一题</translation>
    </message>
    <message>
        <source>study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>Format of a date, as for QLocale::toString.</extracomment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 a date, %2 a time of day.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Untested</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>薄弱</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>基本</translation>
    </message>
    <message>
        <source>Mastered</source>
        <translation>掌握</translation>
    </message>
    <message>
        <source>Firm</source>
        <translation>牢固</translation>
    </message>
</context>
<context>
    <name>qingfeng::MessagePage</name>
    <message>
        <source>New answer · %1</source>
        <translation>有新答复 · %1</translation>
    </message>
    <message>
        <source>Questions and opinions</source>
        <translation>意见反馈</translation>
    </message>
    <message>
        <source>&amp;Write to the administrator</source>
        <translation>写给管理员(&amp;W)</translation>
    </message>
    <message>
        <source>What you wrote, the last changed first</source>
        <translation>写过的，最近有变化的在前</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>The opened thread</source>
        <translation>打开的一件</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>您要写的话</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>Nothing written yet. A doubt about a question is best written below the question itself.</source>
        <translation>还没有写过。对某道题的疑问，最好写在那道题的下面。</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>共 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Write to the administrator</source>
        <translation>写给管理员</translation>
    </message>
    <message>
        <source>A question, an opinion, something that should be put right: point to point, and answered here.</source>
        <translation>疑问、意见、需要更正的地方，都可以写。点对点送达，在这里答复。</translation>
    </message>
    <message>
        <source>What is it about? A sentence is enough.</source>
        <translation>想说什么？一句话就够。</translation>
    </message>
    <message>
        <source>Write on in this thread</source>
        <translation>接着这一件写</translation>
    </message>
    <message>
        <source>&amp;Open it again</source>
        <translation>重新打开(&amp;O)</translation>
    </message>
    <message>
        <source>It is &amp;settled</source>
        <translation>已经解决(&amp;T)</translation>
    </message>
    <message>
        <source>Settled by %1</source>
        <extracomment>%1 who did it and when.</extracomment>
        <translation>%1 办结</translation>
    </message>
    <message>
        <source>Opened again by %1</source>
        <extracomment>%1 who did it and when.</extracomment>
        <translation>%1 重新打开</translation>
    </message>
    <message>
        <source>Written down; it is sent by itself as soon as the server can be reached.</source>
        <translation>已写下；连上服务器后会自动发送。</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
</context>
<context>
    <name>qingfeng::MessageWords</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 who wrote it, %2 date and time.</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>It goes to the administrator of your office. Who that is stands here once the server has said so.</source>
        <translation>收件人是本单位的管理员；连上服务器后，这里会写明是谁。</translation>
    </message>
    <message>
        <source>It goes to %1 and to nobody else.</source>
        <extracomment>%1 names and offices.</extracomment>
        <translation>收件人：%1，没有其他人。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Answer of %1: %2</source>
        <extracomment>%1 name and office of an administrator, with the time; %2 what was written.</extracomment>
        <translation>%1 答复：%2</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <extracomment>%1 you and the time; %2 arrived, read …; %3 what was written.</extracomment>
        <translation>%1（%2）：%3</translation>
    </message>
</context>
</TS>
