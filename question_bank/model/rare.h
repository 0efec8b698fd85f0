#pragma once

#include <QExplicitlySharedDataPointer>
#include <QSharedData>

#include <utility>

namespace qingfeng {

/**
 * A value that most of its holders leave empty: it takes a pointer's room, and the room of a T only where there is
 * one. Copies share what they hold, which never changes: a new value is assigned whole. T{} is the empty value.
 */
template <typename T> class Rare
{
public:
    Rare() = default;
    Rare(T value) // NOLINT(google-explicit-constructor): stands where a T stood
        : m_held(value == T{} ? nullptr : new Held(std::move(value)))
    {
    }

    const T &operator*() const
    {
        static const T empty;
        return m_held ? m_held->value : empty;
    }
    const T *operator->() const { return &**this; }
    operator const T &() const { return **this; } // NOLINT(google-explicit-constructor): as above

    bool operator==(const Rare &other) const { return m_held == other.m_held || **this == *other; }

private:
    struct Held : QSharedData
    {
        explicit Held(T held)
            : value(std::move(held))
        {
        }
        const T value;
    };

    QExplicitlySharedDataPointer<Held> m_held;
};

} // namespace qingfeng
