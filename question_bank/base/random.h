#pragma once

#include <QByteArray>

namespace qingfeng {

/** Source of random bytes as an interface; the system's is fit for keys and tokens. */
class Random
{
public:
    virtual ~Random() = default;
    virtual QByteArray bytes(int count) = 0;
    quint64 next64();
    /** Uniform in [0, @p bound), without bias; bound ≥ 1. */
    quint64 below(quint64 bound);
};

class SystemRandom final : public Random
{
public:
    QByteArray bytes(int count) override;
};

/** Repeatable sequence (SplitMix64) for shuffles that must be the same on every machine. Not for secrets. */
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed);
    QByteArray bytes(int count) override;

private:
    quint64 m_state;
};

} // namespace qingfeng
