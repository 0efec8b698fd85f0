#pragma once

#include "quiz/archive/annotation.h"
#include "quiz/archive/chain.h"
#include "quiz/feedback/feedback.h"
#include "quiz/people/roster.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

/**
 * The messages between a workstation and the server, each as a value with toJson() and a strict reader.
 *
 * A reader answers InvalidArgument naming the field for what is missing, of another type or over its bound;
 * unknown fields are ignored, so that a newer neighbour is understood. Bytes travel as base64, hashes as hex,
 * times as UTC milliseconds.
 */
namespace qingfeng {

/** A PIN that was set on the workstation before it was enrolled. */
struct PinHash
{
    QString number; ///< employee number
    QString hash; ///< argon2id string
    bool operator==(const PinHash &) const = default;
};

/** POST /v1/enrol: a one-time code buys a place for this device's public key. */
struct EnrolRequest
{
    QString code;
    QByteArray publicKey; ///< Ed25519, 32 bytes
    QString deviceName; ///< shown to the administrator
    QString store; ///< UUID of the workstation database
    QList<PinHash> pins; ///< at most 200; taken only for people of the device who have none yet
    bool operator==(const EnrolRequest &) const = default;
};

struct EnrolResponse
{
    QString device; ///< UUID
    Unit unit; ///< with its homePage
    QByteArray receiptKey; ///< Ed25519, 32 bytes: verifies receipts
    QList<QByteArray> bankKeys; ///< keys whose packages this unit accepts
    int syncWindowSeconds = 600; ///< a device waits a random part of it after the desktop is open
    qint64 serverTimeMs = 0;
    bool operator==(const EnrolResponse &) const = default;
};

/** POST /v1/token: the device proves its key. Valid within ten minutes of the server's clock, once. */
struct TokenRequest
{
    QString device;
    qint64 timeMs = 0;
    QByteArray nonce; ///< 16 random bytes
    QByteArray signature; ///< Ed25519 over tokenProof()
    bool operator==(const TokenRequest &) const = default;
};

/** The canonical JSON of {device, nonce, time_ms}: what the device signs. */
QByteArray tokenProof(const TokenRequest &request);

struct TokenResponse
{
    QString token; ///< for "Authorization: Bearer"
    qint64 expiresAtMs = 0;
    qint64 serverTimeMs = 0;
    bool operator==(const TokenResponse &) const = default;
};

/** Answer to POST /xapi/statements: the ids in the body, the receipt for the new head in a header. */
struct StatementAck
{
    QStringList ids; ///< stored or already there: these leave the outbox
    std::optional<Receipt> receipt;
};

/** Puts body and receiptHeader together; a receipt that cannot be read is InvalidArgument. */
Result<StatementAck> statementAckFromHttp(const QByteArray &body, const QByteArray &receiptHeaderValue);
QByteArray receiptToHeader(const Receipt &receipt);
Result<Receipt> receiptFromHeader(const QByteArray &value);

/**
 * A problem document (RFC 9457), the body of every answer of 400 and above. Decide by code(), never by text.
 */
struct Problem
{
    int status = 500;
    QString code; ///< stable: "chain-gap"; the type is a URL that ends in it
    QString title; ///< short English
    QString detail; ///< technical English; may be empty
    QJsonObject members; ///< what else the problem says, e.g. {"expected_seq": 12}
    bool operator==(const Problem &) const = default;
};

/** Something the gate saw: shown, passed, deferred, bypassed, failed … Sent like attempts, idempotent by id. */
struct GateEvent
{
    QString id; ///< UUIDv7
    QString store;
    QString person; ///< employee number or "os:<account>"
    QString kind; ///< lower-case word with '-' or '_', at most 64 characters
    qint64 atMs = 0; ///< UTC, device clock
    int utcOffsetSeconds = 0;
    QJsonObject detail; ///< at most 2 KiB as JSON; no answers
    bool operator==(const GateEvent &) const = default;
};

/** POST /v1/events carries {"events": […]}; the answer lists the ids that are stored. */
struct EventAck
{
    QStringList ids;
    bool operator==(const EventAck &) const = default;
};

/** GET /v1/roster/me: the people, departments and unit that this device works for. */
struct RosterAnswer
{
    Roster roster;
    bool operator==(const RosterAnswer &) const = default;
};

/** GET /v1/bank/manifest: which package is published, so that a device knows whether to fetch it. */
struct ManifestInfo
{
    QString unit;
    qint64 revision = 0;
    QString manifestHash; ///< SHA-256 of the signed manifest, hex
    QString packageHash; ///< SHA-256 of the package's bytes, hex: also its ETag
    qint64 packageBytes = 0;
    qint64 questions = 0;
    QByteArray signingPublicKey; ///< Ed25519, 32 bytes; one of EnrolResponse::bankKeys once something is published
    qint64 publishedAtMs = 0;
    bool operator==(const ManifestInfo &) const = default;
};

/** GET /healthz and /readyz. */
struct Health
{
    QString status; ///< "ok", or what is missing
    QString version; ///< of the program
    int protocol = 0; ///< newest it speaks
    qint64 timeMs = 0;
    bool operator==(const Health &) const = default;
};

/** POST /v1/annotations, by an administrator: the server answers with the Annotation that came of it. */
struct AnnotationRequest
{
    QString id; ///< UUIDv7: sent again, it is the same annotation
    QString attempt; ///< UUID
    QString author;
    QString text;
    bool operator==(const AnnotationRequest &) const = default;
};

/** GET /v1/annotations: those of a device's store, or of a person, in the order made. */
struct AnnotationPage
{
    QList<Annotation> annotations;
    bool more = false; ///< ask again with the number of the last one
    bool operator==(const AnnotationPage &) const = default;
};

/** POST /v1/messages carries {"entries": […]}, of one store; the answer lists the ids that are stored. */
QJsonObject messagesToJson(const QList<FeedbackEntry> &entries);
/** At most maxMessagesPerPost; the first bad one is named "entries[3].text". */
Result<QList<FeedbackEntry>> messagesFromJson(const QJsonObject &object);

/** GET /v1/messages: what both sides wrote in a store's threads, by number, and who reads what is written next. */
struct FeedbackPage
{
    QList<FeedbackEntry> entries;
    bool more = false; ///< ask again with the number of the last one
    QStringList recipients; ///< name and office of everybody who reads a message, as the office has set them
    bool operator==(const FeedbackPage &) const = default;
};

/** One row of GET /v1/inbox. */
struct InboxThread
{
    QString thread;
    QString person;
    QString question; ///< may be empty
    int version = 0;
    FeedbackState state = FeedbackState::Sent;
    QString text; ///< of the first message, at most 200 characters
    int entries = 0;
    qint64 openedAtMs = 0;
    qint64 changedAtMs = 0;
    bool operator==(const InboxThread &) const = default;
};

/** GET /v1/inbox: threads, the longest waiting first. */
struct Inbox
{
    QList<InboxThread> threads;
    bool more = false;
    bool operator==(const Inbox &) const = default;
};

/** POST /v1/inbox/{thread}: what the desk does in a thread. */
struct DeskEntryRequest
{
    QString id; ///< UUIDv7
    FeedbackKind kind = FeedbackKind::Message;
    QString author;
    QString text; ///< of a message
    bool operator==(const DeskEntryRequest &) const = default;
};

QJsonObject toJson(const FeedbackPage &message);
QJsonObject toJson(const Inbox &message);
QJsonObject toJson(const DeskEntryRequest &message);
Result<FeedbackPage> feedbackPageFromJson(const QJsonObject &object);
Result<Inbox> inboxFromJson(const QJsonObject &object);
Result<DeskEntryRequest> deskEntryRequestFromJson(const QJsonObject &object);

QJsonObject toJson(const AnnotationRequest &message);
QJsonObject toJson(const AnnotationPage &message);
Result<AnnotationRequest> annotationRequestFromJson(const QJsonObject &object);
Result<AnnotationPage> annotationPageFromJson(const QJsonObject &object);

QJsonObject toJson(const EnrolRequest &message);
QJsonObject toJson(const EnrolResponse &message);
QJsonObject toJson(const TokenRequest &message);
QJsonObject toJson(const TokenResponse &message);
QJsonObject toJson(const Problem &message);
QJsonObject toJson(const GateEvent &message);
QJsonObject toJson(const EventAck &message);
QJsonObject toJson(const RosterAnswer &message);
QJsonObject toJson(const ManifestInfo &message);
QJsonObject toJson(const Health &message);

Result<EnrolRequest> enrolRequestFromJson(const QJsonObject &object);
Result<EnrolResponse> enrolResponseFromJson(const QJsonObject &object);
Result<TokenRequest> tokenRequestFromJson(const QJsonObject &object);
Result<TokenResponse> tokenResponseFromJson(const QJsonObject &object);
Result<Problem> problemFromJson(const QJsonObject &object);
Result<GateEvent> gateEventFromJson(const QJsonObject &object);
Result<EventAck> eventAckFromJson(const QJsonObject &object);
Result<RosterAnswer> rosterAnswerFromJson(const QJsonObject &object);
Result<ManifestInfo> manifestInfoFromJson(const QJsonObject &object);
Result<Health> healthFromJson(const QJsonObject &object);

/** The body of POST /v1/events. */
QJsonObject eventsToJson(const QList<GateEvent> &events);
/** At most maxEventsPerPost; the first bad one is named "events[3].kind". */
Result<QList<GateEvent>> eventsFromJson(const QJsonObject &object);

} // namespace qingfeng
