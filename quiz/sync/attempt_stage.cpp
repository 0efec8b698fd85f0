#include "quiz/sync/attempt_stage.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/json_fields.h"
#include "quiz/protocol/paths.h"
#include "quiz/protocol/statement.h"

namespace qingfeng {
namespace {

constexpr qsizetype maxBodyBytes = maxPostBytes / 2;
constexpr int maxGaps = 8; ///< more in one pass is a server that contradicts itself

QString asideValue()
{
    return QStringLiteral("sync_set_aside");
}

QString forkValue()
{
    return QStringLiteral("sync_fork_seq");
}

QByteArray xapiPath(const QByteArray &query = {})
{
    return QByteArray(paths::xapiStatements.data(), paths::xapiStatements.size()) + query;
}

/** Every statement request carries the version of the standard. */
HttpRequest withXapiVersion(HttpRequest request)
{
    request.headers.append({QByteArray(xapiVersionHeader), QByteArray(xapiVersion)});
    return request;
}

Error unreadable(const char *what)
{
    return Error(ErrorCode::Corrupt,
        QStringLiteral("the server's %1 cannot be read or trusted").arg(QLatin1String(what)));
}

} // namespace

AttemptStage::AttemptStage(SyncContext &context, bool compare)
    : SyncStage(context)
    , m_compare(compare)
{
    const auto object = parseJsonObject(context.store.value(asideValue()).toUtf8());
    if (object) {
        for (auto it = object->begin(); it != object->end(); ++it) {
            m_aside.insert(it.key().toLongLong(), it.value().toString());
        }
    }
}

std::optional<HttpRequest> AttemptStage::next()
{
    if (!error() && !m_doubted.isEmpty()) {
        m_asked = Asked::Statement;
        return withXapiVersion(getRequest(xapiPath("?statementId=" + m_doubted.first().id.toLatin1())));
    }
    if (!error() && takeRun()) {
        m_asked = Asked::Batch;
        return withXapiVersion(postRequest(xapiPath(), takeBody()));
    }
    // Rows that the server holds leave the outbox by its receipt, even if no later answer brings one.
    const bool compare = m_compare && m_context.report.attemptsAcknowledged == 0
        && m_context.store.outbox().acknowledgedSeq() > 0;
    if (!error() && !m_receiptsAsked && (compare || !m_held.isEmpty())) {
        m_receiptsAsked = true;
        m_asked = Asked::Receipts;
        return getRequest(QByteArray(paths::receipts.data(), paths::receipts.size()) + "?store="
            + m_context.store.storeId().toLatin1());
    }
    return std::nullopt;
}

void AttemptStage::take(const HttpReply &reply)
{
    switch (m_asked) {
    case Asked::Batch:
        if (reply.status == 200) {
            takeAck(reply);
        } else {
            takeRefusal(reply);
        }
        break;
    case Asked::Statement:
        takeStatement(reply);
        break;
    case Asked::Receipts:
        takeReceipts(reply);
        break;
    }
}

/** Fills m_run with the next unbroken run of rows; false when nothing is left to send. */
bool AttemptStage::takeRun()
{
    m_run.clear();
    const Outbox &outbox = m_context.store.outbox();
    const qint64 acknowledged = outbox.acknowledgedSeq();
    m_after = std::max(m_after, acknowledged);
    const auto rows = outbox.pendingAttempts(m_after - acknowledged + m_limit + m_aside.size() + m_held.size());
    if (!rows) {
        stop(rows.error());
        return false;
    }
    for (const Attempt &row : *rows) {
        if (row.seq <= m_after) {
            continue;
        }
        const bool passedOver = m_held.contains(row.seq) || (m_aside.contains(row.seq) && row.seq != m_forced);
        if (passedOver && m_run.isEmpty()) {
            m_after = row.seq;
        } else if (passedOver) {
            break;
        } else {
            m_run.append(row);
        }
        if (m_run.size() >= m_limit || row.seq == m_forced) {
            break;
        }
    }
    return !m_run.isEmpty();
}

/** The statements of m_run, which is cut where the body would grow too large. */
QByteArray AttemptStage::takeBody()
{
    QByteArray body("[");
    const QString &homePage = m_context.device.unit.homePage;
    for (qsizetype i = 0; i < m_run.size(); ++i) {
        const Attempt &attempt = m_run.at(i);
        const QuestionVersion *shown
            = m_context.bank ? m_context.bank->question(attempt.question, attempt.version) : nullptr;
        const QByteArray statement
            = QJsonDocument(statementFromAttempt(attempt, homePage, shown)).toJson(QJsonDocument::Compact);
        if (i > 0 && body.size() + statement.size() > maxBodyBytes) {
            m_run.resize(i);
            break;
        }
        body += (i > 0 ? "," : "") + statement;
    }
    return body + ']';
}

bool AttemptStage::isCountersigned(const Receipt &receipt) const
{
    return receipt.store == m_context.store.storeId() && verifyReceipt(receipt, m_context.device.receiptKey);
}

void AttemptStage::takeAck(const HttpReply &reply)
{
    const auto ack = statementAckFromHttp(reply.body, reply.header(receiptHeader));
    const bool complete = ack
        && std::all_of(m_run.cbegin(), m_run.cend(), [&ack](const Attempt &a) { return ack->ids.contains(a.id); });
    if (!complete || !ack->receipt || !isCountersigned(*ack->receipt)) {
        stop(unreadable("acknowledgement"));
        return;
    }
    Outbox &outbox = m_context.store.outbox();
    const qint64 before = outbox.acknowledgedSeq();
    const auto moved = outbox.acknowledge(*ack->receipt);
    if (!moved) {
        stop(moved.error());
        return;
    }
    const qint64 after = outbox.acknowledgedSeq();
    if (after <= before) {
        stop(Error(ErrorCode::Corrupt, QStringLiteral("the server's receipt stays at attempt %1").arg(after)));
        return;
    }
    m_context.report.attemptsAcknowledged += int(after - before);
    m_after = std::max(m_after, after);
    if (m_forced > 0) {
        m_aside.remove(m_forced);
        m_forced = 0;
    }
    keepAside();
}

void AttemptStage::takeRefusal(const HttpReply &reply)
{
    const auto problem = problemIn(reply);
    const QString code = problem ? problem->code : QString();
    const QJsonObject members = problem ? problem->members : QJsonObject();
    if (code == QLatin1String("chain-gap")) {
        gap(members.value(QLatin1String("expected_seq")).toInteger(-1));
    } else if (code == QLatin1String("chain-fork") || code == QLatin1String("too-many-forks")) {
        fork();
    } else if (code == QLatin1String("person-not-of-device")) {
        strangers(members.value(QLatin1String("people")).toArray());
    } else if (reply.status == 409 && (!problem || code == QLatin1String("statement-conflict"))) {
        conflict(members.value(QLatin1String("ids")).toArray());
    } else if (reply.status == 413 && m_run.size() > 1) {
        narrow();
        m_ceiling = m_limit;
    } else if (reply.status == 400 && m_run.size() > 1) {
        const qint64 index = members.value(QLatin1String("index")).toInteger(-1);
        if (index >= 0 && index < m_run.size()) {
            m_limit = std::max(1, int(index)); // those before it first, then it alone
        } else {
            narrow();
        }
    } else if (code == QLatin1String("statement-invalid") || (reply.status == 413 && problem)) {
        setAside(m_run.first(), code);
    } else {
        // A bare 400 may come from anything on the way: it condemns no answer.
        stop(unexpected(reply));
    }
}

bool AttemptStage::concerns(const Problem &problem) const
{
    return problem.code == QLatin1String("person-not-of-device");
}

/**
 * The roster does not bind somebody to this device (yet): no fault of the answers, so they wait, with all that
 * come after them, until an administrator has put it right. Those before them go.
 */
void AttemptStage::strangers(const QJsonArray &people)
{
    const auto first = std::find_if(m_run.cbegin(), m_run.cend(),
        [&people](const Attempt &attempt) { return people.contains(attempt.person); });
    const qsizetype known = first - m_run.cbegin();
    if (known > 0 && known < m_run.size()) {
        m_limit = int(known);
    } else {
        stop(Error(ErrorCode::NotPermitted,
            QStringLiteral("the roster does not bind who gave attempt %1 to this device").arg(m_run.first().seq)));
    }
}

/** Half as many a request, until what is wrong stands alone. */
void AttemptStage::narrow()
{
    m_limit = std::max(1, int(m_run.size()) / 2);
}

void AttemptStage::gap(qint64 expectedSeq)
{
    Outbox &outbox = m_context.store.outbox();
    if (expectedSeq < 1 || ++m_gaps > maxGaps) {
        stop(unreadable("chain position"));
    } else if (expectedSeq - 1 < outbox.acknowledgedSeq()) {
        const auto rewound = outbox.rewind(expectedSeq - 1);
        if (!rewound) {
            stop(rewound.error());
        }
        m_after = expectedSeq - 1;
        m_held.clear();
    } else if (m_aside.contains(expectedSeq) && !m_offeredAgain.contains(expectedSeq)) {
        m_offeredAgain.insert(expectedSeq);
        m_forced = expectedSeq;
        m_after = expectedSeq - 1;
    } else {
        stop(Error(ErrorCode::Conflict,
            QStringLiteral("the server waits for attempt %1, which it does not take").arg(expectedSeq)));
    }
}

void AttemptStage::conflict(const QJsonArray &ids)
{
    std::copy_if(m_run.cbegin(), m_run.cend(), std::back_inserter(m_doubted),
        [&ids](const Attempt &attempt) { return ids.contains(attempt.id); });
    if (!m_doubted.isEmpty()) {
        return;
    }
    if (m_run.size() > 1) {
        narrow();
    } else {
        m_doubted = m_run;
    }
}

void AttemptStage::fork()
{
    const QString seq = QString::number(m_run.first().seq);
    // Once for each fork, not once an hour.
    if (m_context.store.value(forkValue()) != seq
        && m_context.store.addEvent(m_context.reporter, QStringLiteral("sync-chain-fork"), seq)) {
        (void)m_context.store.setValue(forkValue(), seq);
    }
    stop(Error(ErrorCode::Conflict, QStringLiteral("the server holds another attempt %1").arg(seq)));
}

/**
 * The second look at what the server calls a conflict: a statement may differ in what the question bank added to
 * it, or the server may call every repetition a conflict. Only another answer is one.
 */
void AttemptStage::takeStatement(const HttpReply &reply)
{
    const Attempt doubted = m_doubted.takeFirst();
    if (reply.status == 404) {
        setAside(doubted, QStringLiteral("statement-conflict"));
        return;
    }
    const auto object = parseJsonObject(reply.body);
    const auto held = reply.status == 200 && object ? attemptFromStatement(*object) : unexpected(reply);
    if (!held || held->id != doubted.id) {
        stop(unexpected(reply));
    } else if (*held == doubted) {
        m_held.insert(doubted.seq);
        m_aside.remove(doubted.seq);
        m_limit = m_ceiling;
    } else {
        setAside(doubted, QStringLiteral("statement-conflict"));
    }
}

void AttemptStage::setAside(const Attempt &attempt, const QString &reason)
{
    const bool again = m_forced == attempt.seq;
    m_limit = m_ceiling;
    m_forced = 0;
    const auto kept = m_context.store.outbox().quarantine(attempt.id, reason, m_context.clock.utcMs());
    if (!kept) {
        stop(kept.error());
        return;
    }
    m_aside.insert(attempt.seq, attempt.id);
    if (!keepAside()) {
        return;
    }
    if (again) {
        stop(Error(ErrorCode::Conflict,
            QStringLiteral("the server waits for attempt %1, which it does not take").arg(attempt.seq)));
    } else {
        ++m_context.report.attemptsSetAside;
    }
}

/** Remembers what is set aside and still beyond the acknowledged seq. */
bool AttemptStage::keepAside()
{
    const qint64 acknowledged = m_context.store.outbox().acknowledgedSeq();
    QJsonObject object;
    for (auto it = m_aside.begin(); it != m_aside.end();) {
        if (it.key() <= acknowledged) {
            it = m_aside.erase(it);
        } else {
            object.insert(QString::number(it.key()), it.value());
            ++it;
        }
    }
    const QString text = QString::fromUtf8(canonicalJson(object));
    if (m_context.store.value(asideValue()) == text) {
        return true;
    }
    const auto saved = m_context.store.setValue(asideValue(), text);
    if (!saved) {
        stop(saved.error());
    }
    return bool(saved);
}

void AttemptStage::takeReceipts(const HttpReply &reply)
{
    if (reply.status == 404) {
        return; // none yet
    }
    const auto object = parseJsonObject(reply.body);
    if (reply.status != 200 || !object) {
        stop(unexpected(reply));
        return;
    }
    Outbox &outbox = m_context.store.outbox();
    std::optional<Receipt> furthest;
    for (const QJsonValue value : object->value(QLatin1String("receipts")).toArray()) {
        const auto receipt = receiptFromJson(value.toObject());
        const auto ours = receipt ? outbox.hashAt(receipt->seq) : receipt.error();
        if (receipt && ours && *ours == receipt->headHash && isCountersigned(*receipt)
            && (!furthest || receipt->seq > furthest->seq)) {
            furthest = *receipt;
        }
    }
    if (!furthest) {
        return; // nothing of this chain: the next batch will be told what is missing
    }
    const qint64 before = outbox.acknowledgedSeq();
    const auto done = furthest->seq < before ? outbox.rewind(furthest->seq) : outbox.acknowledge(*furthest);
    if (!done) {
        stop(done.error());
        return;
    }
    m_context.report.attemptsAcknowledged += int(std::max(qint64(0), furthest->seq - before));
    m_after = std::max(qint64(0), std::min(m_after, furthest->seq));
    keepAside();
}

} // namespace qingfeng
