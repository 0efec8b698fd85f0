#include "question_bank/formats/moodle/gift.h"

#include "question_bank/formats/html_text.h"
#include "question_bank/formats/question_tags.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/weighted_answers.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

const QString special = QStringLiteral(":#={}~\\"); ///< what a backslash stands before

QString escaped(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c == QLatin1Char('\n')) {
            out += QStringLiteral("\\n");
        } else if (c != QLatin1Char('\r')) {
            if (special.contains(c)) {
                out += QLatin1Char('\\');
            }
            out += c;
        }
    }
    return out;
}

QString bracketed(const QString &text)
{
    QString value = text;
    value.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return value.replace(QLatin1Char(']'), QStringLiteral("\\]"));
}

class Writer
{
public:
    Writer(const Media &media, ExportedFile &out)
        : m_media(media)
        , m_out(out)
    {
    }

    void write(const QuestionVersion &question)
    {
        m_id = question.id;
        QString body;
        const QString problem = writeBody(question, body);
        if (!problem.isEmpty()) {
            m_out.lost.append({question.id, 0, QStringLiteral("type"), problem});
            return;
        }
        const QString category = question.riskPoints.isEmpty() ? QString() : question.riskPoints.first();
        if (!category.isEmpty() && category != m_category) {
            m_category = category;
            m_text += QStringLiteral("$CATEGORY: $course$/top/%1/%2\n\n")
                          .arg(escaped(category.section(QLatin1Char('-'), 0, 0)), escaped(category));
        }
        m_text += QStringLiteral("// [id:%1]").arg(bracketed(question.id));
        for (const QString &tag : tagsOf(question)) {
            m_text += QStringLiteral(" [tag:%1]").arg(bracketed(tag));
        }
        m_text += QStringLiteral("\n::%1::%2\n\n").arg(escaped(question.id), body);
    }

    QByteArray bytes() const { return m_text.toUtf8(); }

private:
    QString writeBody(const QuestionVersion &question, QString &body)
    {
        const QString stem = withPicture(question.stem, question.picture, QStringLiteral("picture"));
        const QString general = joinExplanation(question.explanation);
        const QString end
            = (general.isEmpty() ? QString()
                                 : QStringLiteral("\t####[plain]") + escaped(general) + QLatin1Char('\n'))
            + QLatin1Char('}');
        body = stem;
        switch (question.type) {
        case QuestionType::Single:
        case QuestionType::Multiple:
            body += QStringLiteral("{\n");
            for (const Choice &choice : question.choices) {
                body += QLatin1Char('\t') + mark(question, choice.id)
                    + withPicture(choice.text, choice.picture, QStringLiteral("choices")) + QLatin1Char('\n');
            }
            body += end;
            return {};
        case QuestionType::TrueFalse:
            if (question.choices != trueFalseChoices()) {
                m_out.lost.append(
                    {m_id, 0, QStringLiteral("choices"), QStringLiteral("判断题的选项文字由格式规定")});
            }
            body += QStringLiteral("{%1\n").arg(question.answer.contains(QStringLiteral("true"))
                    ? QStringLiteral("TRUE")
                    : QStringLiteral("FALSE"));
            body += end;
            return {};
        case QuestionType::Order:
            body += QStringLiteral("{>%1 ALL VERTICAL ALL_OR_NOTHING\n").arg(question.answer.size());
            for (const QString &id : question.answer) {
                if (const Choice *choice = question.choice(id)) {
                    body += QLatin1Char('\t')
                        + withPicture(choice->text, choice->picture, QStringLiteral("choices"))
                        + QLatin1Char('\n');
                }
            }
            body += end;
            return {};
        case QuestionType::Match:
            return writePairs(question, end, body);
        case QuestionType::FillIn:
            return writeBlank(question, end, body);
        case QuestionType::Case:
            break;
        }
        return QStringLiteral("GIFT 没有案例分析题，未导出");
    }

    QString writePairs(const QuestionVersion &question, const QString &end, QString &body)
    {
        QStringList used;
        const auto textOf = [&](const QString &id) {
            for (const Choice &target : question.targets) {
                if (target.id == id) {
                    return target.text;
                }
            }
            return QString();
        };
        body += QStringLiteral("{\n");
        for (const Choice &choice : question.choices) {
            const QString target = question.pairs.value(choice.id);
            used.append(target);
            if (choice.text.contains(QLatin1String("->"))) {
                return QStringLiteral("GIFT 的左项不能含 ->，未导出");
            }
            body += QStringLiteral("\t=%1 -> %2\n")
                        .arg(withPicture(choice.text, choice.picture, QStringLiteral("choices")),
                            escaped(textOf(target)));
        }
        for (const Choice &target : question.targets) {
            if (!target.picture->media.isEmpty()) {
                return QStringLiteral("GIFT 的右项不能有图片，未导出");
            }
            if (!used.contains(target.id)) {
                body += QStringLiteral("\t= -> %1\n").arg(escaped(target.text));
            }
        }
        body += end;
        return {};
    }

    QString writeBlank(const QuestionVersion &question, const QString &end, QString &body)
    {
        if (question.blanks.size() != 1) {
            return QStringLiteral("GIFT 的填空题只有一个空，未导出");
        }
        QString answers = QStringLiteral("{\n");
        for (const QString &wording : question.blanks.first().accepted) {
            QString text = wording;
            const QString written = escaped(text.replace(QLatin1Char('*'), QStringLiteral("\\*")));
            if (written.contains(QLatin1String("->"))) { // as written: what is dropped in writing may make one
                return QStringLiteral("GIFT 的填空答案不能含 ->（会被当作连线题），未导出");
            }
            answers += QStringLiteral("\t=%100%") + written + QLatin1Char('\n');
        }
        answers += end;
        const QString place = QStringLiteral("____");
        if (body.count(place) != 1) {
            return QStringLiteral("题干没有标出唯一的空，未导出");
        }
        body.replace(place, answers);
        return {};
    }

    static QString mark(const QuestionVersion &question, const QString &choice)
    {
        const bool right = question.answer.contains(choice);
        if (question.type == QuestionType::Single) {
            return right ? QStringLiteral("=") : QStringLiteral("~");
        }
        return right
            ? QStringLiteral("~%%1%").arg(QString::number(100.0 / double(question.answer.size()), 'g', 7))
            : QStringLiteral("~%-100%");
    }

    /** Plain text as it is; what has a picture, or reads as markup, says its format. */
    QString withPicture(const QString &text, const Picture &picture, const QString &field)
    {
        const QByteArray bytes = picture.media.isEmpty() ? QByteArray() : m_media.value(picture.media);
        if (bytes.isEmpty()) {
            if (!picture.media.isEmpty()) {
                m_out.lost.append({m_id, 0, field, QStringLiteral("题库里没有这幅图片：") + picture.media});
            }
            return QStringLiteral("[plain]") + escaped(text);
        }
        return QStringLiteral("[html]")
            + escaped(toHtml(text)
                + QStringLiteral("<img src=\"%1\" alt=\"%2\">")
                      .arg(dataUrl(picture.media, bytes), picture.alt.toHtmlEscaped()));
    }

    const Media &m_media;
    ExportedFile &m_out;
    QString m_id;
    QString m_category;
    QString m_text;
};

} // namespace

Result<ExportedFile> writeGift(const QuestionBank &bank)
{
    ExportedFile out;
    Writer writer(bank.media(), out);
    for (const QuestionVersion &question : bank.questions()) {
        if (bank.latest(question.id) == &question) {
            writer.write(question);
        }
    }
    out.bytes = writer.bytes();
    return out;
}

} // namespace qingfeng
