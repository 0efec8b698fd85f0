#include "tests/e2e/reports/report_office.h"

#include "quiz/sync/device_config.h"
#include "tests/support/sample_bank.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "question_bank/base/uuid.h"
#include "question_bank/package/package.h"
#include "question_bank/package/signature.h"

#include <QJsonDocument>
#include <QProcess>

namespace qingfeng {
namespace {

QuestionBank officeBank()
{
    QuestionBank bank = sampleBank();
    bank.unit = QStringLiteral("U1");
    for (const RiskPoint &known : QList<RiskPoint>(bank.riskPoints())) {
        RiskPoint point = known;
        point.name = QStringLiteral("行政处罚金额的裁量 ")
            + point.id; // 行, 金 and 高 share their glyphs with radicals
        point.measure = QStringLiteral("见面谈话，集体审议，留有记录。");
        bank.add(point);
    }
    return bank;
}

} // namespace

QJsonObject CtlRun::json() const
{
    return QJsonDocument::fromJson(out.toUtf8()).object();
}

CtlRun runCtl(const QStringList &arguments)
{
    QProcess ctl;
    ctl.start(qEnvironmentVariable("QF_BIN_DIR") + QStringLiteral("/qingfengctl"), arguments);
    if (!ctl.waitForFinished(60'000) || ctl.exitStatus() != QProcess::NormalExit) {
        return {};
    }
    return {ctl.exitCode(), QString::fromUtf8(ctl.readAllStandardOutput()),
        QString::fromUtf8(ctl.readAllStandardError())};
}

QString ReportOffice::open()
{
    const auto key = makeKeyPair();
    const auto package = key ? buildPackage(officeBank(), key->secret) : Result<QByteArray>(key.error());
    if (!package || !writeFileAtomically(bankFile(), *package)) {
        return QStringLiteral("no bank");
    }
    if (!RealServer::isBuilt() || !m_server.start()) {
        return QStringLiteral("no server: ") + m_server.output();
    }
    const QString people = QStringLiteral("单位编码,单位名称,部门编码,上级部门编码,部门名称,工号,姓名,岗位\n"
                                          "U1,清风样例局,D1,,征收管理科,001,金行高,P01\n"
                                          "U1,清风样例局,D1,,征收管理科,002,样例乙,P01\n"
                                          "U1,清风样例局,D2,D1,稽查股,003,样例丙,P02\n"
                                          "U1,清风样例局,D2,D1,稽查股,004,样例丁,P01\n"
                                          "U1,清风样例局,D2,D1,稽查股,005,样例戊,P01\n");
    if (m_server.ask("POST", "/v1/people?confirm=1", people.toUtf8(), "text/csv").status != 200) {
        return QStringLiteral("no roster");
    }
    if (m_server.ask("POST", "/v1/publish", *package, "application/octet-stream").status >= 300) {
        return QStringLiteral("not published");
    }
    if (!writeFileAtomically(adminFile(), canonicalJson(toJson(m_server.admin())))) {
        return QStringLiteral("no administrator");
    }
    // (person, question): 002 shares the first PC, at its end.
    const bool filled = fill(1, {{"001", 0}, {"001", 1}, {"001", 2}, {"001", 1}, {"001", 3}}) && deliver(1)
        && fill(1, {{"002", 0}, {"002", 1}}) && deliver(1) && fill(2, {{"003", 0}, {"003", 1}, {"004", 0}})
        && deliver(2);
    return filled ? QString() : QStringLiteral("answers not delivered");
}

bool ReportOffice::fill(int number, const QList<std::pair<const char *, int>> &answers)
{
    const SystemClock clock;
    SystemRandom random;
    const auto store = LearningStore::open(database(number), clock, random);
    static constexpr const char *questions[] = {"P01-R01-01", "P01-R02-01", "P00-R01-01", "P00-R01-02"};
    for (const auto &[person, question] : answers) {
        Attempt a;
        a.id = makeUuidV7(clock, random);
        a.person = QLatin1String(person);
        a.post = QStringLiteral("P01");
        a.question = QLatin1String(questions[question]);
        a.version = 1;
        a.bankRevision = 1;
        a.choicesShown = {QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("d")};
        a.response = {question == 1 ? QStringLiteral("a") : QStringLiteral("b")};
        a.outcome = question == 1 ? Outcome::Wrong : Outcome::Right;
        a.marks = question == 1 ? 0 : 100;
        a.responseMs = 8000;
        a.guessPpm = 250'000;
        a.answeredAtMs = clock.utcMs();
        a.utcOffsetSeconds = clock.utcOffsetSeconds();
        a.studyDay = studyDay(clock);
        if (!store || !(*store)->record(a)) {
            return false;
        }
        if (number == 1) {
            m_answered.append(a.id);
        }
    }
    return true;
}

bool ReportOffice::deliver(int number)
{
    const QStringList data{QStringLiteral("--data"), pc(number)};
    if (!loadDevice(pc(number))) {
        const AdminConnection &admin = m_server.admin();
        const CtlRun enrolled = runCtl(data
            + QStringList{QStringLiteral("server"), QStringLiteral("enrol"), QStringLiteral("--url"),
                admin.url, QStringLiteral("--ca"), admin.caFile, QStringLiteral("--code"),
                m_server.makeCode()});
        const auto device = loadDevice(pc(number));
        if (enrolled.status != 0 || !device
            || !writeFileAtomically(
                receiptKeyFile(), "ed25519-public:" + device->config.receiptKey.toBase64() + '\n')) {
            return false;
        }
    }
    return runCtl(data + QStringList{QStringLiteral("server"), QStringLiteral("sync")}).status == 0;
}

} // namespace qingfeng
