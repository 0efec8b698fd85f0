#pragma once

#include "question_bank/base/clock.h"
#include "question_bank/base/random.h"
#include "quiz/store/learning_store.h"
#include "quiz/sync/device_config.h"
#include "quiz/sync/transport.h"

namespace qingfeng {

/**
 * The token a device speaks with, and the measured offset of the server's clock, which the proof for the next
 * token is dated with: a PC whose clock is wrong still gets in, and its answers still carry its own time.
 */
class DeviceSession
{
public:
    DeviceSession(LearningStore &store, const EnrolledDevice &device, const Clock &clock, Random &random);

    /** Whether there is a token that will hold for another minute. */
    bool hasToken() const;
    void dropToken();
    QByteArray authorization() const; ///< value of the header

    /** POST /v1/token with a fresh proof. */
    Result<HttpRequest> tokenRequest();

    enum class Answer { Ready, Again };
    /**
     * Again: the proof was dated wrongly or its nonce was used; ask once more. NotPermitted: the server does
     * not know this device any more · Corrupt: the answer cannot be read · Unavailable.
     */
    Result<Answer> takeToken(const HttpReply &reply);

    /** Our clock put right by what was measured, UTC milliseconds. */
    qint64 serverNowMs() const;

private:
    void measure(qint64 serverMs);

    LearningStore &m_store;
    const EnrolledDevice &m_device;
    const Clock &m_clock;
    Random &m_random;
    QByteArray m_token;
    qint64 m_expiresAtMs = 0; ///< by the server's clock
    qint64 m_offsetMs = 0; ///< server minus device
    qint64 m_askedAtMs = 0;
    int m_refusals = 0; ///< in a row
};

} // namespace qingfeng
