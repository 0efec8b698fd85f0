#pragma once

#include "quiz/archive/attempt.h"
#include "quiz/archive/chain.h"
#include "tests/support/fake_clock.h"

#include "question_bank/base/random.h"
#include "question_bank/base/uuid.h"

#include <QJsonArray>
#include <QJsonObject>

namespace qingfeng {

/** A workstation's chain, without its database: makes one answer after the other. Copy it to make a fork. */
class StoreSim
{
public:
    StoreSim(QString person, QString homePage, quint64 seed);

    const QString &store() const { return m_store; }
    qint64 seq() const { return m_seq; }
    const QByteArray &head() const { return m_head; }
    void setPerson(const QString &person) { m_person = person; }
    /** Other answers from now on than a copy with the same past gives. */
    void diverge(quint64 seed) { m_random = SeededRandom(seed); }

    Attempt answer();
    QJsonObject statement();
    QJsonArray statements(int count);

private:
    FakeClock m_clock;
    SeededRandom m_random;
    QString m_person;
    QString m_homePage;
    QString m_store;
    qint64 m_seq = 0;
    QByteArray m_head = chainStart();
};

/** A roster of one unit "QH": departments QH, QH01 (below it) and QH02; 001 in QH01, 002 in QH02. */
QByteArray smallRosterCsv();

} // namespace qingfeng
