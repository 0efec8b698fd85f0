#include "app/load/load_fleet.h"

#include "question_bank/base/clock.h"
#include "question_bank/base/uuid.h"
#include "quiz/protocol/messages.h"
#include "quiz/protocol/statement.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng::load {
namespace {

const QLatin1String person("LOAD-1");

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Attempt answerOf(const QString &store, const Clock &clock, Random &random)
{
    Attempt attempt;
    attempt.id = makeUuidV7(clock, random);
    attempt.store = store;
    attempt.person = person;
    attempt.post = QStringLiteral("P06");
    attempt.question = QStringLiteral("P06-R01-01");
    attempt.version = 1;
    attempt.bankRevision = 1;
    attempt.choicesShown = {
        QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("d")};
    attempt.response = {QStringLiteral("a")};
    attempt.marks = 100;
    attempt.outcome = Outcome::Right;
    attempt.context = AttemptContext::Gate;
    attempt.responseMs = 12'345;
    attempt.answeredAtMs = clock.utcMs();
    attempt.utcOffsetSeconds = clock.utcOffsetSeconds();
    attempt.studyDay = studyDay(clock);
    return attempt;
}

} // namespace

QByteArray rosterOfRun(const QString &unitCode, const QString &unitName)
{
    return QStringLiteral("单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,系统账号,岗位\n"
                          "%1,%2,%3,,压力测试,%4,压力测试,load,P06\n")
        .arg(unitCode, unitName, QLatin1String(department), person)
        .toUtf8();
}

LoadDevice makeDevice(Random &random)
{
    LoadDevice device;
    device.key = *makeKeyPair();
    device.store = makeUuidV7(SystemClock(), random);
    return device;
}

QByteArray answersBody(const LoadDevice &device, const QString &homePage, int count, Random &random)
{
    const SystemClock clock;
    QJsonArray statements;
    qint64 seq = 0;
    QByteArray head = chainStart();
    for (int i = 0; i < count; ++i) {
        Attempt attempt = answerOf(device.store, clock, random);
        appendToChain(attempt, seq, head);
        seq = attempt.seq;
        head = attempt.hash;
        statements.append(statementFromAttempt(attempt, homePage));
    }
    return QJsonDocument(statements).toJson(QJsonDocument::Compact);
}

QByteArray enrolBody(const LoadDevice &device, const QString &code)
{
    return compact(
        toJson(EnrolRequest {code, device.key.publicKey, QStringLiteral("load"), device.store, {}}));
}

QByteArray tokenBody(const LoadDevice &device, Random &random)
{
    TokenRequest proof {device.device, SystemClock().utcMs(), random.bytes(16), {}};
    proof.signature = *sign(tokenProof(proof), device.key.secret);
    return compact(toJson(proof));
}

} // namespace qingfeng::load
