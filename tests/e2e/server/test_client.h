#pragma once

#include "quiz/protocol/messages.h"
#include "question_bank/package/signature.h"

#include <functional>

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

struct Answer
{
    int status = 0; ///< 0 = none came
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray body;
    QList<QNetworkReply::RawHeaderPair> headers;

    QByteArray header(const QByteArray &name) const;
    QJsonObject object() const;
    QString code() const; ///< of a problem document
};

/** Talks to the server over real TLS that is checked against one authority only. */
class TestClient
{
public:
    TestClient(QUrl url, const QString &authorityFile);

    void setUrl(const QUrl &url) { m_url = url; }
    void setToken(const QString &token) { m_token = token.toLatin1(); }
    /** In place of a token: Basic credentials. */
    void setBasic(const QString &name, const QString &secret)
    {
        m_basic = (name + QLatin1Char(':') + secret).toUtf8().toBase64();
    }
    const QByteArray &token() const { return m_token; }

    /** Waits for the answer. */
    Answer call(const QByteArray &method, const QString &path, const QByteArray &body = {},
        const QByteArray &type = "application/json", const QByteArray &ifNoneMatch = {});
    /** Does not wait. */
    void callLater(const QByteArray &method, const QString &path, const QByteArray &body,
        std::function<void(Answer)> done, const QByteArray &type = "application/json");

private:
    QNetworkReply *send(
        const QByteArray &method, const QString &path, const QByteArray &body, const QByteArray &type,
        const QByteArray &ifNoneMatch);

    QNetworkAccessManager m_network;
    QUrl m_url;
    QSslConfiguration m_tls;
    QByteArray m_token;
    QByteArray m_basic;
};

/** A device with its key, enrolled and with a token. */
struct TestDevice
{
    QString id;
    QString store;
    qingfeng::KeyPair key;
    QString token;
    qingfeng::EnrolResponse enrolment;
};

/** Imports the small roster, once for each server. */
bool importRoster(TestClient &admin);
/** Goes the whole way: code, enrolment, proof, token. The id is empty when a step failed. */
TestDevice enrolDevice(TestClient &admin, TestClient &client, const QString &department, const QString &store);
