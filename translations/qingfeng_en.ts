<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>qingfeng::ArchivePage</name>
    <message numerus="yes">
        <source>%n right</source>
        <translation>
            <numerusform>%n right</numerusform>
            <numerusform>%n right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study day(s) altogether</source>
        <translation>
            <numerusform>%n study day altogether</numerusform>
            <numerusform>%n study days altogether</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n answer(s)</source>
        <translation>
            <numerusform>%1 of %n answer</numerusform>
            <numerusform>%1 of %n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not asked yet</source>
        <translation>
            <numerusform>%n not asked yet</numerusform>
            <numerusform>%n not asked yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the last %n</source>
        <translation>
            <numerusform>Show the last %n</numerusform>
            <numerusform>Show the last %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::BarRow</name>
    <message numerus="yes">
        <source>%1, %2 right of %n answer(s)</source>
        <extracomment>%1 high risk …, %2 a percentage.</extracomment>
        <translation>
            <numerusform>%1, %2 right of %n answer</numerusform>
            <numerusform>%1, %2 right of %n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 right · %n answer(s)</source>
        <extracomment>%1 a percentage; beside a bar.</extracomment>
        <translation>
            <numerusform>%1 right · %n answer</numerusform>
            <numerusform>%1 right · %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::DayCalendar</name>
    <message numerus="yes">
        <source>%1: %n answer(s)</source>
        <extracomment>%1 a date.</extracomment>
        <translation>
            <numerusform>%1: %n answer</numerusform>
            <numerusform>%1: %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::GateFooter</name>
    <message numerus="yes">
        <source>It is asked again in %n minute(s).</source>
        <translation>
            <numerusform>It is asked again in %n minute.</numerusform>
            <numerusform>It is asked again in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You can put it off %n time(s) this week.</source>
        <translation>
            <numerusform>You can put it off once this week.</numerusform>
            <numerusform>You can put it off %n times this week.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You can put it off %n time(s) this month.</source>
        <translation>
            <numerusform>You can put it off once this month.</numerusform>
            <numerusform>You can put it off %n times this month.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The question comes back in %n minute(s).</source>
        <translation>
            <numerusform>The question comes back in %n minute.</numerusform>
            <numerusform>The question comes back in %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::GatePage</name>
    <message numerus="yes">
        <source>one question today, about %n second(s)</source>
        <translation>
            <numerusform>one question today, about %n second</numerusform>
            <numerusform>one question today, about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers open the desktop.</source>
        <translation>
            <numerusform>One answer opens the desktop.</numerusform>
            <numerusform>%n answers open the desktop.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>question %1 of %2, about %n second(s)</source>
        <translation>
            <numerusform>question %1 of %2, about %n second</numerusform>
            <numerusform>question %1 of %2, about %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::QuestionView</name>
    <message numerus="yes">
        <source>%n part(s) still to answer.</source>
        <translation>
            <numerusform>%n part still to answer.</numerusform>
            <numerusform>%n parts still to answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::Readings</name>
    <message numerus="yes">
        <source>%n risk point(s) not asked yet</source>
        <translation>
            <numerusform>%n risk point not asked yet</numerusform>
            <numerusform>%n risk points not asked yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deserve(s) another look</source>
        <translation>
            <numerusform>%n deserves another look</numerusform>
            <numerusform>%n deserve another look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n risk point(s) not asked yet; what was asked is in good order.</source>
        <translation>
            <numerusform>%n risk point not asked yet; what was asked is in good order.</numerusform>
            <numerusform>%n risk points not asked yet; what was asked is in good order.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every risk point was asked; %n deserve(s) another look.</source>
        <translation>
            <numerusform>Every risk point was asked; %n deserves another look.</numerusform>
            <numerusform>Every risk point was asked; %n deserve another look.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the last %1 weeks you learned on %n day(s).</source>
        <extracomment>%1 number of weeks.</extracomment>
        <translation>
            <numerusform>In the last %1 weeks you learned on %n day.</numerusform>
            <numerusform>In the last %1 weeks you learned on %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The weakest is &apos;%1&apos;: %2 right of %n answer(s).</source>
        <extracomment>%1 name of a risk point, %2 a percentage.</extracomment>
        <translation>
            <numerusform>The weakest is &apos;%1&apos;: %2 right of %n answer.</numerusform>
            <numerusform>The weakest is &apos;%1&apos;: %2 right of %n answers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::Reasons</name>
    <message numerus="yes">
        <source>last asked %n day(s) ago</source>
        <translation>
            <numerusform>last asked %n day ago</numerusform>
            <numerusform>last asked %n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>you knew it %n day(s) ago, and it may have faded since</source>
        <translation>
            <numerusform>you knew it %n day ago, and it may have faded since</numerusform>
            <numerusform>you knew it %n days ago, and it may have faded since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You took up %1 %n day(s) ago. </source>
        <extracomment>%1 name of the post. It stands before the sentence.</extracomment>
        <translation>
            <numerusform>You took up %1 %n day ago. </numerusform>
            <numerusform>You took up %1 %n days ago. </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::RiskPointModel</name>
    <message numerus="yes">
        <source>%1 of %n question(s)</source>
        <translation>
            <numerusform>%1 of %n question</numerusform>
            <numerusform>%1 of %n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::SettingsPage</name>
    <message numerus="yes">
        <source>%n record(s) to be sent</source>
        <translation>
            <numerusform>%n record to be sent</numerusform>
            <numerusform>%n records to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revision %1, %n question(s)</source>
        <extracomment>%1 revision of the bank.</extracomment>
        <translation>
            <numerusform>Revision %1, %n question</numerusform>
            <numerusform>Revision %1, %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) a day</source>
        <translation>
            <numerusform>Once a day</numerusform>
            <numerusform>%n times a day</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::StudyPage</name>
    <message numerus="yes">
        <source>%1 of %n risk point(s) covered</source>
        <translation>
            <numerusform>%1 of %n risk point covered</numerusform>
            <numerusform>%1 of %n risk points covered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) today</source>
        <translation>
            <numerusform>%n answer today</numerusform>
            <numerusform>%n answers today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qingfeng::TrayIcon</name>
    <message numerus="yes">
        <source>Today: %n answer(s), %1 right</source>
        <translation>
            <numerusform>Today: %n answer, %1 right</numerusform>
            <numerusform>Today: %n answers, %1 right</numerusform>
        </translation>
    </message>
</context>
</TS>
