#include "quiz/protocol/messages.h"

#include "question_bank/base/canonical_json.h"
#include "quiz/protocol/json_fields.h"
#include "quiz/protocol/paths.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace qingfeng {
namespace {

using Presence = JsonFields::Presence;

constexpr int maxPins = 200;
constexpr int maxName = 120;
constexpr int maxHash = 256;
constexpr int maxEventDetailBytes = 2048;
constexpr int keyBytes = 32;

QString base64Text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

bool isEventKind(const QString &kind)
{
    for (const QChar c : kind) {
        const char16_t u = c.unicode();
        if (!((u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9') || u == u'-' || u == u'_')) {
            return false;
        }
    }
    return true;
}

Result<GateEvent> readGateEvent(const QJsonObject &object, const QString &where)
{
    JsonFields fields(object, where);
    GateEvent event;
    event.id = fields.uuid(key("id"));
    event.store = fields.uuid(key("store"));
    event.person = fields.text(key("person"), maxName);
    event.kind = fields.text(key("kind"), 64);
    if (!isEventKind(event.kind)) {
        fields.fail(key("kind"), QStringLiteral("lower-case letters, digits, '-' and '_' expected"));
    }
    event.atMs = fields.integer(key("at_ms"));
    event.utcOffsetSeconds = int(fields.integer(key("utc_offset_s"), -86'400, 86'400));
    event.detail = fields.object(key("detail"), Presence::Optional);
    if (QJsonDocument(event.detail).toJson(QJsonDocument::Compact).size() > maxEventDetailBytes) {
        fields.fail(key("detail"), QStringLiteral("more than %1 bytes").arg(maxEventDetailBytes));
    }
    return fields.result(event);
}

} // namespace

QJsonObject messagesToJson(const QList<FeedbackEntry> &entries)
{
    QJsonArray list;
    for (const FeedbackEntry &entry : entries) {
        list.append(toJson(entry));
    }
    return {{QStringLiteral("entries"), list}};
}

Result<QList<FeedbackEntry>> messagesFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    QList<FeedbackEntry> entries;
    for (const QJsonValue element : fields.array(key("entries"), maxMessagesPerPost)) {
        auto entry = feedbackEntryFromJson(element.toObject());
        if (!entry) {
            return Error(entry.error().code(), entry.error().detail(),
                QStringLiteral("entries[%1].%2").arg(entries.size()).arg(entry.error().where()));
        }
        entries.append(std::move(*entry));
    }
    return fields.result(entries);
}

QJsonObject toJson(const FeedbackPage &m)
{
    QJsonObject object = messagesToJson(m.entries);
    object.insert(QStringLiteral("more"), m.more);
    object.insert(QStringLiteral("recipients"), QJsonArray::fromStringList(m.recipients));
    return object;
}

Result<FeedbackPage> feedbackPageFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    FeedbackPage m;
    for (const QJsonValue element : fields.array(key("entries"), maxMessagesPerPage)) {
        const auto entry = feedbackEntryFromJson(element.toObject());
        if (!entry) {
            fields.fail(key("entries"), entry.error().toString());
            break;
        }
        m.entries.append(*entry);
    }
    m.more = fields.boolean(key("more"));
    m.recipients = fields.texts(key("recipients"), 50, FeedbackEntry::maxAuthor);
    return fields.result(m);
}

QJsonObject toJson(const Inbox &m)
{
    QJsonArray list;
    for (const InboxThread &thread : m.threads) {
        list.append(QJsonObject {{QStringLiteral("thread"), thread.thread}, {QStringLiteral("person"), thread.person},
            {QStringLiteral("question"), thread.question}, {QStringLiteral("version"), thread.version},
            {QStringLiteral("state"), nameOf(thread.state)}, {QStringLiteral("text"), thread.text},
            {QStringLiteral("entries"), thread.entries}, {QStringLiteral("opened_at_ms"), thread.openedAtMs},
            {QStringLiteral("changed_at_ms"), thread.changedAtMs}});
    }
    return {{QStringLiteral("threads"), list}, {QStringLiteral("more"), m.more}};
}

Result<Inbox> inboxFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    Inbox inbox;
    for (const QJsonValue element : fields.array(key("threads"), maxMessagesPerPage)) {
        JsonFields row(element.toObject(), QStringLiteral("threads[%1].").arg(inbox.threads.size()));
        InboxThread thread;
        thread.thread = row.uuid(key("thread"));
        thread.person = row.text(key("person"), maxName);
        thread.question = row.text(key("question"), maxName, Presence::Optional);
        thread.version = int(row.integer(key("version"), 0, 1'000'000));
        const auto state = feedbackStateFromName(row.text(key("state"), 20));
        if (!state) {
            row.fail(key("state"), QStringLiteral("unknown name"));
        }
        thread.state = state.value_or(FeedbackState::Sent);
        thread.text = row.text(key("text"), 200, Presence::Optional);
        thread.entries = int(row.integer(key("entries")));
        thread.openedAtMs = row.integer(key("opened_at_ms"));
        thread.changedAtMs = row.integer(key("changed_at_ms"));
        if (row.error()) {
            return *row.error();
        }
        inbox.threads.append(thread);
    }
    inbox.more = fields.boolean(key("more"));
    return fields.result(inbox);
}

QJsonObject toJson(const DeskEntryRequest &m)
{
    return {{QStringLiteral("id"), m.id}, {QStringLiteral("kind"), nameOf(m.kind)},
        {QStringLiteral("author"), m.author}, {QStringLiteral("text"), m.text}};
}

Result<DeskEntryRequest> deskEntryRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    DeskEntryRequest m;
    m.id = fields.uuid(key("id"));
    const auto kind = feedbackKindFromName(fields.text(key("kind"), 20));
    if (!kind) {
        fields.fail(key("kind"), QStringLiteral("unknown name"));
    }
    m.kind = kind.value_or(FeedbackKind::Message);
    m.author = fields.text(key("author"), FeedbackEntry::maxAuthor).trimmed();
    m.text = fields.text(key("text"), FeedbackEntry::maxText, Presence::Optional).trimmed();
    if (m.author.isEmpty()) {
        fields.fail(key("author"), QStringLiteral("must not be empty"));
    }
    if ((m.kind == FeedbackKind::Message) == m.text.isEmpty()) {
        fields.fail(key("text"), QStringLiteral("a message has a text, nothing else has one"));
    }
    return fields.result(m);
}

QJsonObject toJson(const AnnotationRequest &m)
{
    return {{QStringLiteral("id"), m.id}, {QStringLiteral("attempt"), m.attempt},
        {QStringLiteral("author"), m.author}, {QStringLiteral("text"), m.text}};
}

QJsonObject toJson(const AnnotationPage &m)
{
    QJsonArray list;
    for (const Annotation &annotation : m.annotations) {
        list.append(toJson(annotation));
    }
    return {{QStringLiteral("annotations"), list}, {QStringLiteral("more"), m.more}};
}

Result<AnnotationRequest> annotationRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    AnnotationRequest m;
    m.id = fields.uuid(key("id"));
    m.attempt = fields.uuid(key("attempt"));
    m.author = fields.text(key("author"), Annotation::maxAuthor).trimmed();
    m.text = fields.text(key("text"), Annotation::maxText).trimmed();
    for (const auto &[name, value] : {std::pair("author", m.author), std::pair("text", m.text)}) {
        if (value.isEmpty()) {
            fields.fail(key(name), QStringLiteral("must not be empty"));
        }
    }
    return fields.result(m);
}

Result<AnnotationPage> annotationPageFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    AnnotationPage m;
    for (const QJsonValue element : fields.array(key("annotations"), maxAnnotationsPerPage)) {
        const auto annotation = annotationFromJson(element.toObject());
        if (!annotation) {
            fields.fail(key("annotations"), annotation.error().toString());
            break;
        }
        m.annotations.append(*annotation);
    }
    m.more = fields.boolean(key("more"));
    return fields.result(m);
}

QJsonObject toJson(const EnrolRequest &m)
{
    QJsonArray pins;
    for (const PinHash &pin : m.pins) {
        pins.append(QJsonObject {{key("number"), pin.number}, {key("pin_hash"), pin.hash}});
    }
    return {{key("code"), m.code}, {key("public_key"), base64Text(m.publicKey)},
        {key("device_name"), m.deviceName}, {key("store"), m.store}, {key("pins"), pins}};
}

Result<EnrolRequest> enrolRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    EnrolRequest m;
    m.code = fields.text(key("code"), 64);
    m.publicKey = fields.base64(key("public_key"), keyBytes);
    m.deviceName = fields.text(key("device_name"), maxName);
    m.store = fields.uuid(key("store"));
    if (object.contains(key("pins"))) {
        for (const QJsonValue value : fields.array(key("pins"), maxPins)) {
            JsonFields pin(value.toObject(), QStringLiteral("pins."));
            m.pins.append({pin.text(key("number"), maxName), pin.text(key("pin_hash"), maxHash)});
            if (pin.error()) {
                return *pin.error();
            }
        }
    }
    return fields.result(m);
}

QJsonObject toJson(const EnrolResponse &m)
{
    QJsonArray bankKeys;
    for (const QByteArray &bankKey : m.bankKeys) {
        bankKeys.append(base64Text(bankKey));
    }
    return {{key("device"), m.device},
        {key("unit"), QJsonObject {{key("code"), m.unit.code}, {key("name"), m.unit.name}}},
        {key("home_page"), m.unit.homePage}, {key("receipt_key"), base64Text(m.receiptKey)},
        {key("bank_keys"), bankKeys}, {key("sync_window_s"), m.syncWindowSeconds},
        {key("server_time_ms"), m.serverTimeMs}};
}

Result<EnrolResponse> enrolResponseFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    EnrolResponse m;
    m.device = fields.uuid(key("device"));
    JsonFields unit(fields.object(key("unit")), QStringLiteral("unit."));
    m.unit.code = unit.text(key("code"), maxName);
    m.unit.name = unit.text(key("name"), maxName);
    if (unit.error() && !fields.error()) {
        return *unit.error();
    }
    m.unit.homePage = fields.text(key("home_page"), 512);
    m.receiptKey = fields.base64(key("receipt_key"), keyBytes);
    for (const QString &text : fields.texts(key("bank_keys"), 32, 64)) {
        m.bankKeys.append(QByteArray::fromBase64(text.toLatin1()));
        if (m.bankKeys.last().size() != keyBytes) {
            fields.fail(key("bank_keys"), QStringLiteral("base64 of %1 bytes expected").arg(keyBytes));
        }
    }
    m.syncWindowSeconds = int(fields.integer(key("sync_window_s"), 0, 86'400));
    m.serverTimeMs = fields.integer(key("server_time_ms"));
    return fields.result(m);
}

QByteArray tokenProof(const TokenRequest &request)
{
    return canonicalJson(QJsonObject {{key("device"), request.device}, {key("time_ms"), request.timeMs},
        {key("nonce"), base64Text(request.nonce)}});
}

QJsonObject toJson(const TokenRequest &m)
{
    return {{key("device"), m.device}, {key("time_ms"), m.timeMs}, {key("nonce"), base64Text(m.nonce)},
        {key("signature"), base64Text(m.signature)}};
}

Result<TokenRequest> tokenRequestFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    TokenRequest m;
    m.device = fields.uuid(key("device"));
    m.timeMs = fields.integer(key("time_ms"));
    m.nonce = fields.base64(key("nonce"), 16);
    m.signature = fields.base64(key("signature"), 64);
    return fields.result(m);
}

QJsonObject toJson(const TokenResponse &m)
{
    return {{key("token"), m.token}, {key("expires_at_ms"), m.expiresAtMs},
        {key("server_time_ms"), m.serverTimeMs}};
}

Result<TokenResponse> tokenResponseFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    TokenResponse m;
    m.token = fields.text(key("token"), 512);
    m.expiresAtMs = fields.integer(key("expires_at_ms"));
    m.serverTimeMs = fields.integer(key("server_time_ms"));
    return fields.result(m);
}

QByteArray receiptToHeader(const Receipt &receipt)
{
    return canonicalJson(toJson(receipt)).toBase64();
}

Result<Receipt> receiptFromHeader(const QByteArray &value)
{
    const auto object = parseJsonObject(QByteArray::fromBase64(value));
    if (!object) {
        return object.error();
    }
    return receiptFromJson(*object);
}

Result<StatementAck> statementAckFromHttp(const QByteArray &body, const QByteArray &receiptHeaderValue)
{
    StatementAck ack;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a list of ids expected"));
    }
    for (const QJsonValue id : document.array()) {
        ack.ids.append(id.toString());
    }
    if (!receiptHeaderValue.isEmpty()) {
        const auto receipt = receiptFromHeader(receiptHeaderValue);
        if (!receipt) {
            return receipt.error();
        }
        ack.receipt = *receipt;
    }
    return ack;
}

QJsonObject toJson(const Problem &m)
{
    QJsonObject object = m.members;
    object.insert(key("type"), QStringLiteral("https://qingfeng.example/problems/") + m.code);
    object.insert(key("title"), m.title);
    object.insert(key("status"), m.status);
    object.insert(key("code"), m.code);
    if (!m.detail.isEmpty()) {
        object.insert(key("detail"), m.detail);
    }
    return object;
}

Result<Problem> problemFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    Problem m;
    m.status = int(fields.integer(key("status"), 400, 599));
    m.code = fields.text(key("code"), 64);
    m.title = fields.text(key("title"), 256);
    m.detail = fields.text(key("detail"), 4096, Presence::Optional);
    m.members = object;
    for (const char *name : {"type", "title", "status", "code", "detail"}) {
        m.members.remove(key(name));
    }
    return fields.result(m);
}

QJsonObject toJson(const GateEvent &m)
{
    return {{key("id"), m.id}, {key("store"), m.store}, {key("person"), m.person}, {key("kind"), m.kind},
        {key("at_ms"), m.atMs}, {key("utc_offset_s"), m.utcOffsetSeconds}, {key("detail"), m.detail}};
}

Result<GateEvent> gateEventFromJson(const QJsonObject &object)
{
    return readGateEvent(object, {});
}

QJsonObject eventsToJson(const QList<GateEvent> &events)
{
    QJsonArray list;
    for (const GateEvent &event : events) {
        list.append(toJson(event));
    }
    return {{key("events"), list}};
}

Result<QList<GateEvent>> eventsFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    QList<GateEvent> events;
    const QJsonArray list = fields.array(key("events"), maxEventsPerPost);
    for (int i = 0; i < list.size(); ++i) {
        const auto event = readGateEvent(list.at(i).toObject(), QStringLiteral("events[%1].").arg(i));
        if (!event) {
            return event.error();
        }
        events.append(*event);
    }
    return fields.result(events);
}

QJsonObject toJson(const EventAck &m)
{
    return {{key("ids"), QJsonArray::fromStringList(m.ids)}};
}

Result<EventAck> eventAckFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    EventAck m {fields.texts(key("ids"), maxEventsPerPost, 36)};
    return fields.result(m);
}

QJsonObject toJson(const RosterAnswer &m)
{
    return {{key("roster"), toJson(m.roster)}};
}

Result<RosterAnswer> rosterAnswerFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    const QJsonObject entry = fields.object(key("roster"));
    if (fields.error()) {
        return *fields.error();
    }
    const auto roster = rosterFromJson(entry);
    if (!roster) {
        return roster.error();
    }
    return RosterAnswer {*roster};
}

QJsonObject toJson(const ManifestInfo &m)
{
    return {{key("unit"), m.unit}, {key("revision"), m.revision}, {key("manifest_hash"), m.manifestHash},
        {key("package_hash"), m.packageHash}, {key("package_bytes"), m.packageBytes},
        {key("questions"), m.questions}, {key("signing_public_key"), base64Text(m.signingPublicKey)},
        {key("published_at_ms"), m.publishedAtMs}};
}

Result<ManifestInfo> manifestInfoFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    ManifestInfo m;
    m.unit = fields.text(key("unit"), maxName);
    m.revision = fields.integer(key("revision"), 1);
    m.manifestHash = fields.text(key("manifest_hash"), 64);
    m.packageHash = fields.text(key("package_hash"), 64);
    m.packageBytes = fields.integer(key("package_bytes"));
    m.questions = fields.integer(key("questions"));
    m.signingPublicKey = fields.base64(key("signing_public_key"), keyBytes);
    m.publishedAtMs = fields.integer(key("published_at_ms"));
    return fields.result(m);
}

QJsonObject toJson(const Health &m)
{
    return {{key("status"), m.status}, {key("version"), m.version}, {key("protocol"), m.protocol},
        {key("time_ms"), m.timeMs}};
}

Result<Health> healthFromJson(const QJsonObject &object)
{
    JsonFields fields(object);
    Health m;
    m.status = fields.text(key("status"), 64);
    m.version = fields.text(key("version"), 64);
    m.protocol = int(fields.integer(key("protocol"), 1, 1'000'000));
    m.timeMs = fields.integer(key("time_ms"));
    return fields.result(m);
}

} // namespace qingfeng
