#pragma once

#include "app/widgets/theme.h"

#include "question_bank/base/result.h"

#include <QWidget>

class QLineEdit;

namespace qingfeng {

class Button;
class Notice;

/** Employee number and PIN, for an account that nobody's roster names. Checks nothing itself. */
class SignInCard : public QWidget
{
    Q_OBJECT

public:
    /** At the gate one may go on without; in the settings one may cancel. */
    enum class Place { Gate, Settings };
    SignInCard(const Theme &theme, Place place, QWidget *parent = nullptr);

    /** Says why it did not work and selects the PIN. */
    void showError(const Error &error);
    void clear();
    void focusFirst();

Q_SIGNALS:
    void submitted(const QString &number, const QString &pin);
    /** 「暂不登录」, or cancelled. */
    void skipped();

private:
    void submit();

    QLineEdit *m_number;
    QLineEdit *m_pin;
    Notice *m_notice;
};

} // namespace qingfeng
