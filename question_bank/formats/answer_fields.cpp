#include "question_bank/formats/answer_fields.h"

#include "question_bank/formats/html_text.h"
#include "question_bank/formats/question_text.h"

#include <algorithm>

#include <QRegularExpression>

namespace qingfeng {
namespace {

constexpr qsizetype maxFields = 60;

QString blanksIn(const QString &text)
{
    QString out = text;
    return out.replace(QChar(fieldMark), QStringLiteral("____"));
}

/** What is asked when the fields are the last thing in it: the text without them. */
QString asked(const QString &text)
{
    QString out = text.trimmed();
    while (out.endsWith(QChar(fieldMark))) {
        out.chop(1);
        out = out.trimmed();
    }
    return blanksIn(out);
}

QString settleItem(
    QuestionItem &item, const QString &text, const QList<AnswerField> &fields, QStringList &notes)
{
    const bool words = std::all_of(fields.cbegin(), fields.cend(),
        [](const AnswerField &field) { return field.kind == AnswerField::Words; });
    if (words) {
        item.type = QuestionType::FillIn;
        item.stem = blanksIn(text).trimmed();
        for (const AnswerField &field : fields) {
            const QStringList accepted = acceptedWordings(field.answers, notes);
            if (accepted.isEmpty()) {
                return QStringLiteral("第 %1 空没有得满分的固定答案").arg(item.blanks.size() + 1);
            }
            item.blanks.append({QString::number(item.blanks.size() + 1), accepted});
        }
        return {};
    }
    if (fields.size() != 1) {
        return QStringLiteral("同一小题里既有填空又有选择");
    }
    item.stem = asked(text);
    return settleChoices(item, fields.first().answers, fields.first().kind == AnswerField::OneOf, notes);
}

struct Section
{
    QString text;
    QList<AnswerField> fields;
};

/** Cuts at （1） （2） … at the beginnings of lines; the first section is the scene. Empty when there are
 * none. */
QList<Section> numberedSections(const QString &text, const QList<AnswerField> &fields)
{
    QList<Section> sections{{}};
    qsizetype used = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const QString number = QStringLiteral("（%1）").arg(sections.size());
        const bool next = line.startsWith(number);
        if (next) {
            sections.append(Section{});
        }
        Section &section = sections.last();
        section.text += (section.text.isEmpty() || next ? QString() : QStringLiteral("\n"))
            + (next ? line.mid(number.size()) : line);
        for (const QChar c : line) {
            if (c == QChar(fieldMark)) {
                section.fields.append(fields.value(used++));
            }
        }
    }
    const bool good = sections.size() > 1 && sections.first().fields.isEmpty()
        && std::all_of(sections.cbegin() + 1, sections.cend(),
            [](const Section &section) { return !section.fields.isEmpty(); });
    return good ? sections : QList<Section>{};
}

/** Each line with fields is a section, or as many as it has choices; lines without go before the next one. */
QList<Section> lineSections(const QString &text, const QList<AnswerField> &fields)
{
    QStringList pending;
    QList<Section> sections{{}};
    qsizetype used = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const qsizetype count = line.count(QChar(fieldMark));
        if (count == 0) {
            if (!line.trimmed().isEmpty()) {
                pending.append(line);
            }
            continue;
        }
        const bool bare = line.trimmed().size() == count;
        QString lead;
        if (sections.size() == 1) {
            // Before the first field: the scene, but what a bare field asks is the line above it.
            if (bare && !pending.isEmpty()) {
                lead = pending.takeLast();
            }
            sections.first().text = pending.join(QLatin1Char('\n'));
        } else {
            lead = pending.join(QLatin1Char('\n'));
        }
        pending.clear();
        const QString full = lead.isEmpty() ? line : lead + QLatin1Char('\n') + line;
        const bool words = std::all_of(fields.cbegin() + used, fields.cbegin() + used + count,
            [](const AnswerField &field) { return field.kind == AnswerField::Words; });
        if (words || count == 1) {
            sections.append({full, fields.mid(used, count)});
            used += count;
            continue;
        }
        qsizetype place = -1;
        for (qsizetype i = 0; i < count; ++i) {
            place = full.indexOf(QChar(fieldMark), place + 1);
            QString only = full;
            only.replace(QChar(fieldMark), QChar(u'…'));
            only[place] = QChar(fieldMark);
            sections.append({only, {fields.at(used++)}});
        }
    }
    if (!pending.isEmpty() && !sections.first().text.isEmpty()) {
        sections.first().text += QLatin1Char('\n') + pending.join(QLatin1Char('\n'));
    } else if (!pending.isEmpty()) {
        sections.first().text = pending.join(QLatin1Char('\n'));
    }
    return sections;
}

QString escapedCloze(const QString &text)
{
    QString out;
    for (const QChar c : toHtml(text)) {
        if (QStringLiteral("\\}#~/\"").contains(c)) {
            out += QLatin1Char('\\');
        }
        out += c;
    }
    return out;
}

QString choiceField(const QuestionItem &item)
{
    QStringList answers;
    for (const Choice &choice : item.choices) {
        const bool right = item.answer.contains(choice.id);
        const QString weight = !right
            ? (item.type == QuestionType::Multiple ? QStringLiteral("-100") : QStringLiteral("0"))
            : QString::number(100.0 / double(std::max<qsizetype>(1, item.answer.size())), 'g', 7);
        answers.append(QLatin1Char('%') + weight + QLatin1Char('%') + escapedCloze(choice.text));
    }
    return (item.type == QuestionType::Multiple ? QStringLiteral("{1:MULTIRESPONSE:")
                                                : QStringLiteral("{1:MULTICHOICE_V:"))
        + answers.join(QLatin1Char('~')) + QLatin1Char('}');
}

/** The stem with a field at each blank; empty when the stem does not show as many. */
QString blankFields(const QuestionItem &item)
{
    const QString place = QStringLiteral("____");
    QString body = toHtml(item.stem);
    if (item.blanks.isEmpty() || body.count(place) != item.blanks.size()) {
        return {};
    }
    qsizetype at = 0;
    for (const Blank &blank : item.blanks) {
        QStringList accepted;
        for (const QString &wording : blank.accepted) {
            QString text = wording;
            accepted.append(QStringLiteral("%100%")
                + escapedCloze(text.replace(QLatin1Char('*'), QStringLiteral("\\*"))));
        }
        const QString field
            = QStringLiteral("{1:SHORTANSWER:") + accepted.join(QLatin1Char('~')) + QLatin1Char('}');
        at = body.indexOf(place, at);
        body.replace(at, place.size(), field);
        at += field.size();
    }
    return body;
}

} // namespace

QString settleFields(QuestionVersion &question, const QString &text, const QList<AnswerField> &fields,
    const QString &title, QStringList &notes)
{
    if (fields.isEmpty()) {
        return QStringLiteral("题目里没有要回答的地方");
    }
    if (fields.size() > maxFields || text.count(QChar(fieldMark)) != fields.size()) {
        return QStringLiteral("要回答的地方太多（%1 处），或位置不明").arg(fields.size());
    }
    QList<Section> sections = numberedSections(text, fields);
    const bool words = std::all_of(fields.cbegin(), fields.cend(),
        [](const AnswerField &field) { return field.kind == AnswerField::Words; });
    if (sections.isEmpty() && (words || fields.size() == 1)) {
        const QString problem = settleItem(question, text, fields, notes);
        if (question.stem.isEmpty()) {
            question.stem = title;
        }
        return problem.isEmpty() && question.stem.isEmpty() ? QStringLiteral("没有题干") : problem;
    }
    if (sections.isEmpty()) {
        sections = lineSections(text, fields);
    }
    question.type = QuestionType::Case;
    question.stem = sections.first().text.trimmed();
    if (question.stem.isEmpty()) {
        question.stem = title.isEmpty() ? blanksIn(text) : title;
    }
    for (qsizetype i = 1; i < sections.size(); ++i) {
        QuestionPart part;
        part.id = QString::number(i);
        const QString problem = settleItem(part, sections.at(i).text, sections.at(i).fields, notes);
        if (!problem.isEmpty()) {
            return QStringLiteral("第 %1 小题：%2").arg(i).arg(problem);
        }
        if (part.stem.isEmpty()) {
            part.stem = QStringLiteral("（%1）").arg(i);
        }
        question.parts.append(part);
    }
    return {};
}

QString takeClozeFields(QString &text, QList<AnswerField> &fields, QStringList &notes)
{
    static const QRegularExpression begin(QStringLiteral("\\{\\d{0,4}:([A-Z_]{2,20}):"));
    QString out;
    qsizetype at = 0;
    while (true) {
        const auto match = begin.match(text, at);
        if (!match.hasMatch()) {
            out += QStringView(text).mid(at);
            break;
        }
        out += QStringView(text).mid(at, match.capturedStart() - at);
        QStringList pieces{QString()};
        qsizetype end = match.capturedEnd();
        bool closed = false;
        for (; end < text.size() && !closed; ++end) {
            const QChar c = text.at(end);
            if (c == QLatin1Char('\\') && end + 1 < text.size()) {
                // What is escaped stays so until the feedback is split off.
                pieces.last() += c;
                pieces.last() += text.at(++end);
            } else if (c == QLatin1Char('}')) {
                closed = true;
            } else if (c == QLatin1Char('~')) {
                pieces.append(QString());
            } else {
                pieces.last() += c;
            }
        }
        if (!closed) {
            return QStringLiteral("完形填空（cloze）的一处答案没有结束的 }");
        }
        if (fields.size() >= maxFields) {
            return QStringLiteral("要回答的地方超过 %1 处").arg(maxFields);
        }
        const QString kind = match.captured(1);
        AnswerField field;
        bool number = false;
        if (kind == QLatin1String("NUMERICAL") || kind == QLatin1String("NM")) {
            number = true;
        } else if (kind.startsWith(QLatin1String("MULTIRESPONSE")) || kind.startsWith(QLatin1String("MR"))) {
            field.kind = AnswerField::ManyOf;
        } else if (kind.startsWith(QLatin1String("MULTICHOICE")) || kind.startsWith(QLatin1String("MC"))) {
            field.kind = AnswerField::OneOf;
        } else if (!kind.startsWith(QLatin1String("SHORTANSWER")) && !kind.startsWith(QLatin1String("SA"))
            && !kind.startsWith(QLatin1String("MW"))) {
            return QStringLiteral("完形填空（cloze）的“%1”不是我们的题型").arg(kind);
        }
        for (const QString &piece : std::as_const(pieces)) {
            static const QRegularExpression weight(
                QStringLiteral("^\\s*(?:=|%(-?[0-9]{1,3}(?:\\.[0-9]*)?)%)"));
            WeightedAnswer answer;
            QString rest = piece;
            if (const auto mark = weight.match(rest); mark.hasMatch()) {
                answer.percent = mark.captured(1).isEmpty() ? 100 : mark.captured(1).toDouble();
                rest = rest.mid(mark.capturedEnd());
            }
            QString value;
            bool feedback = false;
            for (qsizetype i = 0; i < rest.size(); ++i) {
                QString &into = feedback ? answer.feedback : value;
                if (rest.at(i) == QLatin1Char('\\') && i + 1 < rest.size()) {
                    into += rest.at(++i);
                } else if (rest.at(i) == QLatin1Char('#') && !feedback
                    && !(i > 0 && rest.at(i - 1) == QLatin1Char('&'))) {
                    feedback = true;
                } else {
                    into += rest.at(i);
                }
            }
            answer.text = reduceHtml(value).text;
            answer.feedback = reduceHtml(answer.feedback).text;
            if (number && answer.percent >= 99.99) {
                const qsizetype colon = answer.text.indexOf(QLatin1Char(':'));
                const QString exact = colon < 0
                    ? exactNumber(answer.text, {})
                    : exactNumber(answer.text.left(colon), answer.text.mid(colon + 1));
                if (exact.isEmpty()) {
                    return QStringLiteral("数值答案“%1”是范围，填空题只认确定的答案")
                        .arg(answer.text.left(40));
                }
                answer.text = exact;
            }
            if (!answer.text.isEmpty()) {
                field.answers.append(answer);
            }
        }
        if (field.answers.isEmpty()) {
            notes.append(QStringLiteral("有一处答案是空的"));
        }
        fields.append(field);
        out += QChar(fieldMark);
        at = end;
    }
    text = out;
    return {};
}

QString clozeText(const QuestionVersion &question)
{
    if (question.type == QuestionType::FillIn) {
        // Numbered lines would come back as the parts of a case.
        const bool numbered = (QLatin1Char('\n') + question.stem).contains(QStringLiteral("\n（1）"));
        const QString body = numbered ? QString() : blankFields(question);
        return body.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(body);
    }
    QString text = QStringLiteral("<p>%1</p>").arg(toHtml(question.stem));
    for (qsizetype i = 0; i < question.parts.size(); ++i) {
        const QuestionPart &part = question.parts.at(i);
        QString body;
        switch (part.type) {
        case QuestionType::Single:
        case QuestionType::Multiple:
        case QuestionType::TrueFalse:
            body = toHtml(part.stem) + choiceField(part);
            break;
        case QuestionType::FillIn:
            body = blankFields(part);
            break;
        default:
            break;
        }
        if (body.isEmpty()) {
            return {};
        }
        text += QStringLiteral("<p>（%1）").arg(i + 1) + body + QStringLiteral("</p>");
    }
    return text;
}

} // namespace qingfeng
