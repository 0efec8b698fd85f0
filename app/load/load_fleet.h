#pragma once

#include "question_bank/base/random.h"
#include "question_bank/package/signature.h"
#include "quiz/archive/chain.h"

#include <QByteArray>
#include <QList>
#include <QString>

/** The devices of a run: what each of them has and says. */
namespace qingfeng::load {

inline constexpr char department[] = "LOAD";

struct LoadDevice
{
    KeyPair key;
    QString store;
    QString device; ///< id, once enrolled
    QByteArray answers; ///< body of its POST, made beforehand so that the storm measures the server
    int count = 0; ///< answers in it
};

/** A roster of one department with one person, as the administrator imports it. */
QByteArray rosterOfRun(const QString &unitCode, const QString &unitName);

/** With its key and its store. */
LoadDevice makeDevice(Random &random);
/** @p count answers in the chain of @p device, as the body of POST /xapi/statements. */
QByteArray answersBody(const LoadDevice &device, const QString &homePage, int count, Random &random);

/** The body of POST /v1/enrol. */
QByteArray enrolBody(const LoadDevice &device, const QString &code);
/** The body of POST /v1/token, with the proof of its key. */
QByteArray tokenBody(const LoadDevice &device, Random &random);

} // namespace qingfeng::load
