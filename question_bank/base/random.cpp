#include "question_bank/base/random.h"

#include <limits>

#include <QRandomGenerator>
#include <QtEndian>

namespace qingfeng {

quint64 Random::next64()
{
    return qFromLittleEndian<quint64>(bytes(8).constData());
}

quint64 Random::below(quint64 bound)
{
    const quint64 limit = std::numeric_limits<quint64>::max() - std::numeric_limits<quint64>::max() % bound;
    quint64 value = next64();
    while (value >= limit) {
        value = next64();
    }
    return value % bound;
}

QByteArray SystemRandom::bytes(int count)
{
    QByteArray result(count, Qt::Uninitialized);
    auto *generator = QRandomGenerator::system();
    for (int i = 0; i < count; ++i) {
        result[i] = char(generator->generate() & 0xff);
    }
    return result;
}

SeededRandom::SeededRandom(quint64 seed)
    : m_state(seed)
{
}

QByteArray SeededRandom::bytes(int count)
{
    QByteArray result;
    result.reserve(count + 8);
    while (result.size() < count) {
        // SplitMix64 (Steele, Lea, Flood 2014).
        quint64 z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        char word[8];
        qToLittleEndian(z, word);
        result.append(word, 8);
    }
    result.truncate(count);
    return result;
}

} // namespace qingfeng
