#include "question_bank/formats/typed/typed_questions.h"

#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/sheet/field_words.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype shownSource = 300; ///< characters of the source lines in a remark

class TypedSettler
{
public:
    TypedSettler(const QString &file, TypedBank &bank, ImportedFile &out)
        : m_file(file)
        , m_bank(bank)
        , m_out(out)
    {
    }

    void run();

private:
    void settleMarks();
    void finish(TypedQuestion &question);
    void finishCase(TypedQuestion &question, QuestionVersion &version);
    bool settleItem(TypedItem &item, QuestionItem &out);
    void takeBracketAnswer(TypedItem &item);
    void takeAnswerInPlace(TypedItem &item);
    void takeMarkedOptions(TypedItem &item);
    void takeFields(const TypedQuestion &question, QuestionVersion &version);
    void reject(TypedItem &item, const QString &reason);

    const QString m_file;
    TypedBank &m_bank;
    ImportedFile &m_out;
    QString m_chosenMark; ///< the kind of mark that stands for the right option
};

/** One kind of mark, on some but not all options of every question that has no answer, is the answer. */
void TypedSettler::settleMarks()
{
    QMap<QString, int> fitting;
    int asked = 0;
    const auto look = [&](const TypedItem &candidate) {
        static const QRegularExpression bracket(QStringLiteral("[(（]\\s*[A-ZＡ-Ｚ][A-ZＡ-Ｚ\\s,、]*[)）]"));
        if (!candidate.draft.answer.isEmpty() || candidate.draft.options.size() < 2
            || bracket.match(candidate.draft.stem).hasMatch()) {
            return;
        }
        ++asked;
        QMap<QString, qsizetype> counts;
        for (const QStringList &kinds : candidate.optionMarks) {
            for (const QString &kind : kinds) {
                ++counts[kind];
            }
        }
        for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
            fitting[it.key()] += it.value() < candidate.draft.options.size();
        }
    };
    for (const TypedQuestion &question : std::as_const(m_bank.questions)) {
        if (!question.unmarkable.isEmpty()) {
            continue;
        }
        look(question);
        for (const TypedItem &part : question.parts) {
            look(part);
        }
    }
    for (auto it = fitting.cbegin(); it != fitting.cend(); ++it) {
        if (it.value() == asked) {
            m_chosenMark = it.key();
            m_out.warnings.append({m_file, 0, QString(),
                QStringLiteral("%1 道题没有写答案，按选项上的标记（%2）认定答案，请核对").arg(asked).arg(it.key())});
            return;
        }
    }
    if (!fitting.isEmpty()) {
        m_out.warnings.append({m_file, 0, QString(),
            QStringLiteral("有的选项带标记（%1），但不是每道没有答案的题都有，没有当作答案")
                .arg(fitting.keys().join(QStringLiteral("、")))});
    }
}

void TypedSettler::reject(TypedItem &item, const QString &reason)
{
    item.refused = true;
    const QString place = item.lastLine > item.firstLine
        ? QStringLiteral("%1–%2").arg(item.firstLine).arg(item.lastLine)
        : QString::number(item.firstLine);
    m_out.rejected.append({m_file, item.firstLine, item.number,
        QStringLiteral("%1\n原文（%2）：%3").arg(reason, place, item.source.join(QLatin1Char('\n')).left(shownSource))});
}

/** （ABC） in the stem is the answer, and would give it away if it stayed there. */
void TypedSettler::takeBracketAnswer(TypedItem &item)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\(\\s*((?:[A-Z](?:[\\s,、]*[A-Z])*)|[√×✓✗]|对|错|正确|错误|T|F)\\s*\\)"));
    const QString half = halfWidth(item.draft.stem);
    QRegularExpressionMatch last;
    auto matches = pattern.globalMatch(half);
    while (matches.hasNext()) {
        last = matches.next();
    }
    if (!last.hasMatch()) {
        return;
    }
    const bool letters = last.captured(1).at(0).isLetter() && last.captured(1).at(0).unicode() < 0x80;
    if (letters && item.draft.options.size() < 2 && !truthByWord(last.captured(1))) {
        return;
    }
    const bool said = !item.draft.answer.isEmpty();
    static const QRegularExpression separators(QStringLiteral("[,、;]"));
    const auto same = [](QString text) { return plainKey(text.remove(separators)); };
    if (said && same(item.draft.answer) != same(last.captured(1))) {
        m_out.warnings.append({m_file, item.firstLine, item.number,
            QStringLiteral("题干括号里是 %1，另写的答案是 %2；以另写的答案为准，请核对")
                .arg(last.captured(1), item.draft.answer.left(20))});
        return;
    }
    item.draft.answer = last.captured(1);
    item.draft.stem.replace(last.capturedStart(), last.capturedLength(), QStringLiteral("（　）"));
}

/**
 * Answers that stand in the stem where the heading says what is asked: "…实行（首长负责制）。" under 填空题, and
 * "…可以收礼。 ×" under 判断题.
 */
void TypedSettler::takeAnswerInPlace(TypedItem &item)
{
    if (!item.draft.answer.isEmpty() || !item.draft.options.isEmpty()) {
        return;
    }
    QString &stem = item.draft.stem;
    const QString half = halfWidth(stem);
    if (item.draft.type == QuestionType::TrueFalse) {
        static const QRegularExpression listed(QStringLiteral("\\n\\s*(对|正确|错误?)\\s*(\\(正确(?:答案|选项)\\))?"
                                                              "\\s*\\n\\s*(对|正确|错误?)\\s*(\\(正确(?:答案|选项)\\))?\\s*$"));
        if (const auto match = listed.match(half);
            match.hasMatch() && match.captured(2).isEmpty() != match.captured(4).isEmpty()) {
            item.draft.answer = match.captured(match.captured(2).isEmpty() ? 3 : 1);
            stem = stem.left(match.capturedStart()).trimmed();
            return;
        }
        static const QRegularExpression behind(
            QStringLiteral("(?:\\s|[。.!?])\\s*([√×✓✗TF]|对|错|正确|错误)\\s*[。.]?\\s*$"));
        if (const auto match = behind.match(half); match.hasMatch()) {
            item.draft.answer = match.captured(1);
            stem = stem.left(match.capturedStart(1)).trimmed();
        }
        return;
    }
    if (item.draft.type != QuestionType::FillIn) {
        return;
    }
    static const QRegularExpression filled(QStringLiteral("\\(\\s*([^()\\s;][^();]{0,39})\\)"));
    static const QRegularExpression empty(QStringLiteral("__|\\(\\s*\\)"));
    if (empty.match(half).hasMatch()) {
        return; // the blanks are marked, and the brackets say something else
    }
    QStringList answers;
    QList<QRegularExpressionMatch> places;
    for (auto matches = filled.globalMatch(half); matches.hasNext();) {
        places.append(matches.next());
        answers.append(places.last().captured(1).trimmed());
    }
    if (places.isEmpty()) {
        return;
    }
    for (auto place = places.crbegin(); place != places.crend(); ++place) {
        stem.replace(place->capturedStart(), place->capturedLength(), QStringLiteral("____"));
    }
    item.draft.answer = answers.join(QLatin1Char(';'));
    m_out.warnings.append({m_file, item.firstLine, item.number,
        QStringLiteral("题干空里写的“%1”作为答案，请核对").arg(answers.join(QStringLiteral("”“")).left(60))});
}

/** "A. 甲(正确答案)", as survey programs mark what is right. */
void TypedSettler::takeMarkedOptions(TypedItem &item)
{
    static const QRegularExpression mark(QStringLiteral("\\s*[(（]\\s*正确(?:答案|选项)\\s*[)）]\\s*$"));
    QList<int> marked;
    for (qsizetype i = 0; i < item.draft.options.size(); ++i) {
        QString &option = item.draft.options[i];
        if (const auto match = mark.match(option); match.hasMatch()) {
            option.truncate(match.capturedStart());
            marked.append(int(i));
        }
    }
    if (item.draft.answer.isEmpty()) {
        item.draft.flagged += marked;
    }
}

bool TypedSettler::settleItem(TypedItem &item, QuestionItem &out)
{
    takeMarkedOptions(item);
    takeBracketAnswer(item);
    takeAnswerInPlace(item);
    static const QSet<QString> none {QStringLiteral("略"), QStringLiteral("无"), QStringLiteral("暂无")};
    if (none.contains(item.draft.answer.trimmed())) {
        item.draft.answer.clear();
    }
    if (item.draft.answer.isEmpty() && !m_chosenMark.isEmpty()) {
        for (qsizetype i = 0; i < item.optionMarks.size(); ++i) {
            if (item.optionMarks.at(i).contains(m_chosenMark)) {
                item.draft.flagged.append(int(i));
            }
        }
    }
    const SettledItem settled = settle(item.draft);
    if (!settled.item) {
        reject(item, settled.problem);
        return false;
    }
    for (const QString &text : settled.notes) {
        m_out.warnings.append({m_file, item.firstLine, item.number, text});
    }
    out = *settled.item;
    return true;
}

void TypedSettler::takeFields(const TypedQuestion &question, QuestionVersion &version)
{
    const auto warn = [&](const QString &label, const QString &reason) {
        m_out.warnings.append({m_file, question.firstLine, label, reason});
    };
    for (auto it = question.fields.cbegin(); it != question.fields.cend(); ++it) {
        const QString &label = it.key();
        const QString text = it.value().trimmed();
        if (text.isEmpty()) {
            continue;
        }
        if (label == QStringLiteral("解析")) {
            version.explanation = splitExplanation(text);
        } else if (label == QStringLiteral("难度")) {
            const auto difficulty = difficultyByWord(text);
            version.difficulty = difficulty.value_or(Difficulty::Medium);
            if (!difficulty) {
                warn(label, QStringLiteral("不认识的难度“%1”，按“中”处理").arg(text.left(20)));
            }
        } else if (label == QStringLiteral("知识点")) {
            version.keyword = text;
        } else if (label == QStringLiteral("法律依据")) {
            version.articles = splitList(text);
        } else if (label == QStringLiteral("风险点")) {
            version.riskPoints = splitList(text);
        } else if (label == QStringLiteral("来源")) {
            version.source = text;
        } else if (label == QStringLiteral("命题人")) {
            version.author = text;
        } else if (label == QStringLiteral("身份")) {
            const auto audience = audienceByWord(text);
            version.audience = audience.value_or(Audience::All);
            if (!audience) {
                warn(label, QStringLiteral("不认识的身份“%1”，按“全体”处理，请核对").arg(text.left(20)));
            }
        } else if (label != QStringLiteral("分类")) {
            warn(label, QStringLiteral("“%1”没有保存：%2").arg(label, text.left(20)));
        }
    }
}

void TypedSettler::finishCase(TypedQuestion &question, QuestionVersion &version)
{
    version.type = QuestionType::Case;
    version.stem = question.draft.stem.trimmed();
    version.picture = question.draft.picture;
    if (version.stem.isEmpty()) {
        reject(question, QStringLiteral("案例没有案情，请补上"));
        return;
    }
    if (question.parts.isEmpty()) {
        reject(question, QStringLiteral("案例没有小题，请在案情后面写出带编号的小题，如（1）……"));
        return;
    }
    bool good = true;
    for (TypedItem &typed : question.parts) {
        QuestionPart part;
        part.id = QString::number(version.parts.size() + 1);
        good = settleItem(typed, part) && good;
        version.parts.append(part);
    }
    if (!good) {
        reject(question, QStringLiteral("这道案例有小题不能用，整道没有导入，请改正所列小题"));
    }
}

void TypedSettler::finish(TypedQuestion &question)
{
    if (!question.unmarkable.isEmpty()) {
        reject(question, QStringLiteral("“%1”不能自动评分，系统没有这种题型").arg(question.unmarkable));
        return;
    }
    QuestionVersion version;
    if (question.isCase) {
        finishCase(question, version);
    } else {
        settleItem(question, version);
    }
    if (question.refused) {
        return;
    }
    takeFields(question, version);
    QStringList category = m_bank.sections.at(question.section).category;
    if (const QString extra = question.fields.value(QStringLiteral("分类")).trimmed(); !extra.isEmpty()) {
        category.append(extra);
    }
    QStringList stated;
    if (!question.fields.value(QStringLiteral("难度")).isEmpty()) {
        stated.append(QStringLiteral("difficulty"));
    }
    if (!question.fields.value(QStringLiteral("身份")).isEmpty()) {
        stated.append(QStringLiteral("audience"));
    }
    m_out.questions.append({version, m_file, question.firstLine, category, stated});
}

void TypedSettler::run()
{
    settleMarks();
    for (TypedQuestion &question : m_bank.questions) {
        finish(question);
    }
}

} // namespace

QStringList marksOn(const SourceLine &line, qsizetype from, const OptionSpan &span)
{
    QMap<QString, qsizetype> covered;
    QSet<QString> onMarker;
    for (const LineMark &mark : line.marks) {
        const qsizetype begin = std::max(mark.start, from + span.start);
        const qsizetype end = std::min(mark.start + mark.length, from + span.start + span.length);
        covered[mark.kind] += std::max<qsizetype>(0, end - begin);
        if (mark.start <= from + span.marker && mark.start + mark.length > from + span.marker) {
            onMarker.insert(mark.kind);
        }
    }
    QStringList kinds;
    for (auto it = covered.cbegin(); it != covered.cend(); ++it) {
        if (it.value() * 2 >= std::max<qsizetype>(span.length, 1) || onMarker.contains(it.key())) {
            kinds.append(it.key());
        }
    }
    return kinds;
}

void settleTyped(const QString &file, TypedBank &bank, ImportedFile &out)
{
    TypedSettler(file, bank, out).run();
}

} // namespace qingfeng
