#pragma once

#include "app/server/event_store/event_store.h"
#include "app/server/service/service.h"
#include "quiz/protocol/messages.h"
#include "tests/unit/app/server/store_sim.h"

#include <QTemporaryDir>

namespace qingfeng {

enum Who { Nobody, ADevice, Revoked, Admin };

QByteArray compact(const QJsonObject &object);
QByteArray compact(const QJsonArray &array);
QString codeOf(const server::Response &response); ///< of a problem document
QJsonObject objectOf(const server::Response &response);

/**
 * A service over a fresh database: the small roster is imported, one device of QH01 is enrolled and one was
 * and is revoked. The clock stands still.
 */
class ServiceFixture
{
public:
    struct Enrolled
    {
        QString id;
        KeyPair key;
        QByteArray token;
        QString store;
    };

    /** False when a step failed. */
    bool open();

    server::Response send(server::Request request);
    server::Response call(const QByteArray &method, const QByteArray &target, Who who, const QByteArray &body = {},
        const QByteArray &type = "application/json", const QByteArray &ifNoneMatch = {});
    QString newCode(const QString &department = QStringLiteral("QH01"));
    /** A proof that is good now; its nonce is new each time. */
    TokenRequest proof(const Enrolled &device);
    Enrolled enrol(const QString &store);

    const QByteArray adminToken = "the administrator";
    const QString homePage = QStringLiteral("https://qingfeng.example/units/QH");
    QTemporaryDir dir;
    FakeClock clock;
    SeededRandom random {5};
    KeyPair receiptKey;
    Enrolled device;
    Enrolled revoked;
    std::unique_ptr<server::EventStore> store;
    std::unique_ptr<server::Callers> callers;
    std::unique_ptr<server::Service> service; // last: it uses all the others
};

} // namespace qingfeng
