#include "question_bank/formats/item_draft.h"

#include "question_bank/formats/answer_parts.h"
#include "question_bank/formats/answer_words.h"
#include "question_bank/formats/option_text.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/source_text.h"

#include <algorithm>

#include <QHash>
#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

QString letter(qsizetype index)
{
    return QString(QChar(char16_t(u'A' + index)));
}

class Settling
{
public:
    explicit Settling(const ItemDraft &draft)
        : m_draft(draft)
    {
    }

    SettledItem run();

private:
    bool takeOptions();
    void takeMarks();
    bool takeChoices();
    bool takeTruth();
    bool takeBlanks();
    bool takeOrder();
    bool takePairs();
    std::optional<QList<int>> namedOptions();
    std::optional<QList<int>> namedByText() const;
    bool fail(DraftField field, const QString &problem);
    void note(const QString &text) { m_out.notes.append(text); }

    ItemDraft m_draft;
    QuestionItem m_item;
    SettledItem m_out;
};

bool Settling::fail(DraftField field, const QString &problem)
{
    m_out.field = field;
    m_out.problem = problem;
    return false;
}

SettledItem Settling::run()
{
    m_draft.stem = m_draft.stem.trimmed();
    if (m_draft.stem.isEmpty() && m_draft.picture->media.isEmpty()) {
        fail(DraftField::Stem, QStringLiteral("没有题干，请补上"));
        return m_out;
    }
    if (!takeOptions()) {
        return m_out;
    }
    takeMarks();
    if (!m_draft.type) {
        m_draft.type = inferType(m_draft);
        if (!m_draft.type) {
            const bool bare = m_draft.answer.trimmed().isEmpty() && m_draft.flagged.isEmpty();
            fail(bare ? DraftField::Answer : DraftField::Type,
                bare ? QStringLiteral("没有答案，请补上")
                     : QStringLiteral("看不出是什么题型，请写明题型（单选题、多选题、判断题、填空题……）"));
            return m_out;
        }
    }
    m_item.type = *m_draft.type;
    m_item.stem = m_draft.stem;
    m_item.picture = m_draft.picture;
    bool good = false;
    switch (m_item.type) {
    case QuestionType::Single:
    case QuestionType::Multiple:
        good = takeChoices();
        break;
    case QuestionType::TrueFalse:
        good = takeTruth();
        break;
    case QuestionType::FillIn:
        good = takeBlanks();
        break;
    case QuestionType::Order:
        good = takeOrder();
        break;
    case QuestionType::Match:
        good = takePairs();
        break;
    case QuestionType::Case:
        fail(DraftField::Type, QStringLiteral("案例分析题没有小题，请在下面逐行写出小题"));
        break;
    }
    if (good) {
        m_out.item = m_item;
    }
    return m_out;
}

bool Settling::takeOptions()
{
    const auto filled = [this](qsizetype i) {
        return !m_draft.options.at(i).trimmed().isEmpty()
            || (i < m_draft.optionPictures.size() && !m_draft.optionPictures.at(i)->media.isEmpty());
    };
    while (!m_draft.options.isEmpty() && !filled(m_draft.options.size() - 1)) {
        m_draft.options.removeLast();
    }
    if (m_draft.options.size() > maxOptions) {
        return fail(DraftField::Options, QStringLiteral("选项超过 %1 个，请减少").arg(maxOptions));
    }
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        if (!filled(i)) {
            return fail(DraftField::Options,
                QStringLiteral("选项%1为空，后面却还有选项，请补上或依次前移").arg(letter(i)));
        }
        m_draft.options[i] = m_draft.options.at(i).trimmed();
    }
    // "A.九种" in the column of A: the letter is said already. Only when every option does so.
    QStringList bare;
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        const QStringList marked = splitMarkedOptions(m_draft.options.at(i), int(i));
        if (marked.size() != 1) {
            return true;
        }
        bare.append(marked.first());
    }
    m_draft.options = bare;
    return true;
}

/** A star or tick at the end or start of some options, when nothing else says which one is right. */
void Settling::takeMarks()
{
    if (!m_draft.answer.trimmed().isEmpty() || !m_draft.flagged.isEmpty() || m_draft.options.size() < 2) {
        return;
    }
    static const QString marks = QStringLiteral("*√✓✔☑★＊");
    static const QRegularExpression said(QStringLiteral("(?<!\\s)\\s*[(（【\\[](?:正确|正确答案|正确选项|答案)[)）】\\]]\\s*$"));
    QStringList bare = m_draft.options;
    QList<int> flagged;
    for (qsizetype i = 0; i < bare.size(); ++i) {
        QString &option = bare[i];
        if (const auto match = said.match(option); match.hasMatch() && match.capturedStart() > 0) {
            option.truncate(match.capturedStart());
            flagged.append(int(i));
            continue;
        }
        if (option.size() > 1 && marks.contains(option.back())) {
            option.chop(1);
            flagged.append(int(i));
        } else if (option.size() > 1 && marks.contains(option.front())) {
            option.remove(0, 1);
            flagged.append(int(i));
        }
        option = option.trimmed();
    }
    if (!flagged.isEmpty() && flagged.size() < bare.size()) {
        m_draft.options = bare;
        m_draft.flagged = flagged;
        note(QStringLiteral("按选项旁的标记（* 或 √）认定答案"));
    }
}

std::optional<QList<int>> Settling::namedByText() const
{
    QHash<QString, int> index;
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        index.insert(plainKey(m_draft.options.at(i)), int(i));
    }
    const QString whole = bareAnswer(m_draft.answer);
    if (const auto it = index.constFind(plainKey(whole)); it != index.cend()) {
        return QList<int> {*it};
    }
    static const QRegularExpression separators[] = {QRegularExpression(QStringLiteral("[;；\n|]")),
        QRegularExpression(QStringLiteral("[,，、/]"))};
    for (const auto &separator : separators) {
        QList<int> list;
        bool all = true;
        for (const QString &part : whole.split(separator, Qt::SkipEmptyParts)) {
            // "A.九种" names the option twice, and must do so without contradiction.
            QString text = part.trimmed();
            for (int i = 0; i < int(m_draft.options.size()); ++i) {
                const QStringList marked = splitMarkedOptions(text, i);
                if (marked.size() == 1 && plainKey(marked.first()) == plainKey(m_draft.options.at(i))) {
                    text = m_draft.options.at(i);
                    break;
                }
            }
            const auto it = index.constFind(plainKey(text));
            all = all && it != index.cend();
            if (all) {
                list.append(*it);
            }
        }
        if (all && !list.isEmpty()) {
            return list;
        }
    }
    return std::nullopt;
}

std::optional<QList<int>> Settling::namedOptions()
{
    const QString answer = bareAnswer(m_draft.answer);
    if (answer.isEmpty()) {
        if (m_draft.flagged.isEmpty()) {
            fail(DraftField::Answer, QStringLiteral("没有答案，请补上"));
            return std::nullopt;
        }
        return m_draft.flagged;
    }
    const auto letters = namedByLetters(answer);
    if (letters && std::ranges::all_of(*letters, [this](int i) { return i < int(m_draft.options.size()); })) {
        return letters;
    }
    const auto byText = namedByText();
    if (letters) {
        if (!byText) {
            for (const int i : *letters) {
                if (i >= int(m_draft.options.size())) {
                    fail(DraftField::Answer,
                        QStringLiteral("答案是 %1，却没有选项%1，请核对答案或补上选项").arg(letter(i)));
                    return std::nullopt;
                }
            }
            return letters;
        }
    }
    const auto byNumber = namedByNumbers(answer, m_draft.options.size());
    if (byText && byNumber && *byText != *byNumber) {
        fail(DraftField::Answer,
            QStringLiteral("答案“%1”既是某个选项的内容，又像选项的序号，请改用字母").arg(answer.left(20)));
        return std::nullopt;
    }
    if (byText || byNumber) {
        return byText ? byText : byNumber;
    }
    fail(DraftField::Answer,
        QStringLiteral("看不懂答案“%1”，请写选项字母，如 A 或 ACD").arg(answer.left(20)));
    return std::nullopt;
}

bool Settling::takeChoices()
{
    if (m_draft.options.size() < 2) {
        return fail(DraftField::Options, m_draft.options.isEmpty()
                ? QStringLiteral("没有选项，请补上至少两个选项")
                : QStringLiteral("只有一个选项，请补上其余选项"));
    }
    const auto named = namedOptions();
    if (!named) {
        return false;
    }
    const QSet<int> right(named->cbegin(), named->cend());
    if (m_item.type == QuestionType::Single && right.size() != 1) {
        return fail(DraftField::Answer,
            QStringLiteral("单选题写了 %1 个答案，请只留一个，或把题型改为多选题").arg(right.size()));
    }
    if (m_item.type == QuestionType::Multiple && right.size() < 2) {
        return fail(DraftField::Answer,
            QStringLiteral("多选题只写了一个答案，请补全，或把题型改为单选题"));
    }
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        m_item.choices.append({letterId(i), m_draft.options.at(i), false,
            i < m_draft.optionPictures.size() ? m_draft.optionPictures.at(i) : Rare<Picture> {}});
        if (right.contains(int(i))) {
            m_item.answer.append(letterId(i));
        }
    }
    return true;
}

bool Settling::takeTruth()
{
    QList<std::optional<bool>> said;
    for (const QString &option : std::as_const(m_draft.options)) {
        said.append(truthByWord(option));
    }
    const bool optionsFit = said.isEmpty()
        || (said.size() == 2 && said.at(0) && said.at(1) && *said.at(0) != *said.at(1));
    if (!optionsFit) {
        return fail(DraftField::Options,
            QStringLiteral("判断题的选项只能是“正确”和“错误”，请清空选项，或改为单选题"));
    }
    const QString answer = bareAnswer(m_draft.answer);
    std::optional<bool> truth;
    if (answer.isEmpty() && m_draft.flagged.size() == 1 && said.size() == 2) {
        truth = said.at(m_draft.flagged.first());
    } else if (answer.isEmpty()) {
        return fail(DraftField::Answer, QStringLiteral("没有答案，请填“正确”或“错误”"));
    } else if (const auto letters = namedByLetters(answer);
               letters && letters->size() == 1 && letters->first() < 2) {
        // The letter of an option; without options A stands for 正确, as all templates have it.
        truth = said.isEmpty() ? letters->first() == 0 : said.at(letters->first());
        if (said.isEmpty()) {
            note(QStringLiteral("判断题的答案是字母：A 视为正确，B 视为错误"));
        }
    } else if (said.size() == 2 && (answer == QLatin1String("1") || answer == QLatin1String("2"))) {
        truth = said.at(answer == QLatin1String("1") ? 0 : 1); // the number of an option, as of other questions
    } else {
        truth = truthByWord(answer);
    }
    if (!truth) {
        return fail(DraftField::Answer,
            QStringLiteral("看不懂判断题的答案“%1”，请填“正确”或“错误”").arg(answer.left(20)));
    }
    m_item.choices = trueFalseChoices();
    m_item.answer = {*truth ? QStringLiteral("true") : QStringLiteral("false")};
    return true;
}

bool Settling::takeBlanks()
{
    const QString answer = m_draft.answer.trimmed();
    if (answer.isEmpty()) {
        return fail(DraftField::Answer, QStringLiteral("没有答案，请按空依次填写，空与空之间用分号"));
    }
    QList<BlankPlace> blanks = findBlanks(m_item.stem, underlines());
    QStringList parts = splitBlanks(answer, blanks.size(), m_draft.blankSeparator);
    if (blanks.size() != parts.size()) {
        blanks = findBlanks(m_item.stem, anyBlank());
        parts = splitBlanks(answer, blanks.size(), m_draft.blankSeparator);
    }
    if (blanks.isEmpty() && parts.size() == 1) {
        m_item.stem += QStringLiteral("____");
        note(QStringLiteral("题干里没有空，已在末尾补上一个"));
    } else if (blanks.size() != parts.size()) {
        return fail(DraftField::Answer,
            QStringLiteral("题干有 %1 个空，答案有 %2 个；空用 ____ 或（ ）标出，答案之间用分号")
                .arg(blanks.size())
                .arg(parts.size()));
    }
    for (qsizetype i = blanks.size() - 1; i >= 0; --i) {
        m_item.stem.replace(
            blanks.at(i).first, blanks.at(i).second, QStringLiteral("____"));
    }
    const QString variants = m_draft.variantSeparator.isEmpty() ? QStringLiteral("|") : m_draft.variantSeparator;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        Blank blank {QString::number(i + 1), {}};
        for (const QString &variant : parts.at(i).split(variants)) {
            if (const QString text = variant.trimmed(); !text.isEmpty()) {
                blank.accepted.append(text);
            }
        }
        if (blank.accepted.isEmpty()) {
            return fail(DraftField::Answer, QStringLiteral("第 %1 个空没有答案，请补上").arg(i + 1));
        }
        m_item.blanks.append(blank);
    }
    return true;
}

bool Settling::takeOrder()
{
    if (m_draft.options.size() < 2) {
        return fail(DraftField::Options, QStringLiteral("排序题至少要有两个选项"));
    }
    QString answer = bareAnswer(m_draft.answer);
    static const QRegularExpression arrows(QStringLiteral("[-—>→＞]+"));
    answer.replace(arrows, QStringLiteral(","));
    auto named = namedByLetters(answer);
    if (!named) {
        named = namedByNumbers(answer, m_draft.options.size());
    }
    const QSet<int> once = named ? QSet<int>(named->cbegin(), named->cend()) : QSet<int> {};
    const bool inside = std::ranges::all_of(once, [this](int i) { return i < int(m_draft.options.size()); });
    if (!named || !inside || once.size() != named->size() || once.size() != m_draft.options.size()) {
        return fail(DraftField::Answer,
            QStringLiteral("排序题的答案要把每个选项的字母按正确顺序各写一次，如 CAB"));
    }
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        m_item.choices.append({letterId(i), m_draft.options.at(i), false,
            i < m_draft.optionPictures.size() ? m_draft.optionPictures.at(i) : Rare<Picture> {}});
        m_item.answer.append(letterId(named->at(i)));
    }
    return true;
}

bool Settling::takePairs()
{
    while (!m_draft.targets.isEmpty() && m_draft.targets.last().trimmed().isEmpty()) {
        m_draft.targets.removeLast();
    }
    if (m_draft.options.size() < 2 || m_draft.targets.size() < m_draft.options.size()) {
        return fail(m_draft.options.size() < 2 ? DraftField::Options : DraftField::Targets,
            QStringLiteral("连线题要有至少两个选项（左侧），右侧各项写在“右项1、右项2……”，不少于左侧"));
    }
    for (qsizetype i = 0; i < m_draft.targets.size(); ++i) {
        m_item.targets.append({QString::number(i + 1), m_draft.targets.at(i).trimmed()});
        if (m_item.targets.last().text.isEmpty()) {
            return fail(DraftField::Targets, QStringLiteral("右项%1为空，请补上").arg(i + 1));
        }
    }
    static const QRegularExpression pair(QStringLiteral("([A-Z])\\s*[-—–:=→>]*\\s*(\\d{1,2})"));
    static const QRegularExpression filler(QStringLiteral("[\\s,;、|，；]"));
    QString rest = halfWidth(m_draft.answer).toUpper();
    auto matches = pair.globalMatch(rest);
    QSet<QString> taken;
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype left = match.captured(1).at(0).unicode() - u'A';
        const QString target = QString::number(match.captured(2).toInt());
        if (left < m_draft.options.size() && target.toInt() >= 1 && target.toInt() <= m_item.targets.size()
            && !taken.contains(target)) {
            m_item.pairs.insert(letterId(left), target);
            taken.insert(target);
        }
    }
    rest.remove(pair).remove(filler);
    if (!rest.isEmpty() || m_item.pairs.size() != m_draft.options.size()
        || taken.size() != m_draft.options.size()) {
        return fail(DraftField::Answer,
            QStringLiteral("连线题的答案要给每个左项写一个右项的序号，如 A-2;B-1"));
    }
    for (qsizetype i = 0; i < m_draft.options.size(); ++i) {
        m_item.choices.append({letterId(i), m_draft.options.at(i), false,
            i < m_draft.optionPictures.size() ? m_draft.optionPictures.at(i) : Rare<Picture> {}});
    }
    return true;
}

} // namespace

SettledItem settle(const ItemDraft &draft)
{
    return Settling(draft).run();
}

std::optional<QuestionType> inferType(const ItemDraft &draft)
{
    const QString answer = bareAnswer(draft.answer);
    qsizetype options = draft.options.size();
    while (options > 0 && draft.options.at(options - 1).trimmed().isEmpty()) {
        --options;
    }
    if (!draft.targets.isEmpty() && !draft.targets.first().isEmpty()) {
        return QuestionType::Match;
    }
    const bool truthOptions = options == 2 && truthByWord(draft.options.at(0)) && truthByWord(draft.options.at(1));
    if (truthOptions) {
        return QuestionType::TrueFalse;
    }
    if (options >= 2) {
        ItemDraft trial = draft;
        trial.options.resize(options);
        trial.stem = QStringLiteral("?");
        trial.type = QuestionType::Single;
        if (settle(trial).item) {
            return QuestionType::Single;
        }
        trial.type = QuestionType::Multiple;
        return settle(trial).item ? std::optional(QuestionType::Multiple) : std::optional(QuestionType::Single);
    }
    if (options == 0 && truthByWord(answer)) {
        const bool digit = answer == QLatin1String("0") || answer == QLatin1String("1");
        // "1" for a question with an underlined blank is a number to fill in.
        if (!digit || findBlanks(draft.stem, underlines()).isEmpty()) {
            return QuestionType::TrueFalse;
        }
    }
    if (options == 0 && !answer.isEmpty() && !findBlanks(draft.stem, anyBlank()).isEmpty()) {
        return QuestionType::FillIn;
    }
    return std::nullopt;
}

} // namespace qingfeng
