#include "tests/unit/app/server/store_sim.h"

#include "quiz/protocol/statement.h"

namespace qingfeng {

StoreSim::StoreSim(QString person, QString homePage, quint64 seed)
    : m_random(seed)
    , m_person(std::move(person))
    , m_homePage(std::move(homePage))
    , m_store(makeUuidV7(m_clock, m_random))
{
}

Attempt StoreSim::answer()
{
    m_clock.advanceMs(1000);
    Attempt a;
    a.id = makeUuidV7(m_clock, m_random);
    a.store = m_store;
    a.person = m_person;
    a.post = QStringLiteral("P06");
    a.question = QStringLiteral("P06-R01-01");
    a.version = 1;
    a.bankRevision = 3;
    a.choicesShown = {QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c")};
    a.response = {QStringLiteral("a")};
    a.marks = 100;
    a.outcome = Outcome::Right;
    a.context = AttemptContext::Gate;
    a.responseMs = 4321;
    a.answeredAtMs = m_clock.utcMs();
    a.utcOffsetSeconds = m_clock.utcOffsetSeconds();
    a.studyDay = studyDay(m_clock);
    appendToChain(a, m_seq, m_head);
    m_seq = a.seq;
    m_head = a.hash;
    return a;
}

QJsonObject StoreSim::statement()
{
    return statementFromAttempt(answer(), m_homePage);
}

QJsonArray StoreSim::statements(int count)
{
    QJsonArray list;
    for (int i = 0; i < count; ++i) {
        list.append(statement());
    }
    return list;
}

QByteArray smallRosterCsv()
{
    return QStringLiteral("单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,系统账号,岗位,初始口令\n"
                          "QH,清河样例,QH,,局领导,000,样例零,zero,P25,\n"
                          "QH,清河样例,QH01,QH,稽查局,001,样例一,one,P06,2468\n"
                          "QH,清河样例,QH02,QH,办公室,002,样例二,two,P23,\n")
        .toUtf8();
}

} // namespace qingfeng
