#include "question_bank/check/rules.h"

#include <algorithm>
#include <cmath>

#include <QMap>
#include <QSet>

namespace qingfeng::rules {
namespace {

constexpr int enough = 40; ///< below so many questions chance alone tips a scale

bool keyIsLongest(const QuestionItem &item)
{
    const Choice *key = item.choice(item.answer.first());
    return key && std::all_of(item.choices.cbegin(), item.choices.cend(), [key](const Choice &choice) {
        return choice.id == key->id || choice.text.size() < key->text.size();
    });
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 0) + QStringLiteral(" %");
}

} // namespace

void balance(const QList<const QuestionVersion *> &questions, Findings &findings)
{
    constexpr double letterTolerance = 0.05;
    constexpr double trueTolerance = 0.10;
    constexpr double longestLimit = 0.40;
    int single = 0;
    int longest = 0;
    int trueFalse = 0;
    int rightIsTrue = 0;
    QMap<qsizetype, int> places; // by place among the choices: ids may be anything
    for (const QuestionVersion *question : questions) {
        for (const AskedItem &asked : askedItems(*question)) {
            const QuestionItem &item = *asked.item;
            if (item.answer.size() != 1) {
                continue;
            }
            if (item.type == QuestionType::TrueFalse) {
                ++trueFalse;
                rightIsTrue += item.answer.first() == QLatin1String("true");
            } else if (item.type == QuestionType::Single && item.choices.size() == 4
                && item.choice(item.answer.first())) {
                ++single;
                ++places[item.choice(item.answer.first()) - item.choices.constData()];
                longest += keyIsLongest(item);
            }
        }
    }
    if (single >= enough) {
        for (qsizetype place = 0; place < 4; ++place) {
            const double share = double(places.value(place)) / single;
            if (std::abs(share - 0.25) > letterTolerance) {
                findings.add("letters-unbalanced", QStringLiteral("bank"),
                    QStringLiteral("%1: %2 of %3")
                        .arg(QChar(ushort('A' + place)))
                        .arg(percent(share))
                        .arg(single));
            }
        }
        if (double(longest) / single > longestLimit) {
            findings.add("key-is-longest", QStringLiteral("bank"),
                QStringLiteral("%1 of %2").arg(longest).arg(single));
        }
    }
    if (trueFalse >= enough && std::abs(double(rightIsTrue) / trueFalse - 0.5) > trueTolerance) {
        findings.add("true-false-unbalanced", QStringLiteral("bank"),
            QStringLiteral("true: %1 of %2").arg(percent(double(rightIsTrue) / trueFalse)).arg(trueFalse));
    }
}

void coverage(const QuestionBank &bank, const QList<const QuestionVersion *> &questions, Findings &findings)
{
    constexpr int perPost = 12;
    QHash<QString, int> byRiskPoint;
    QHash<QString, int> byPost;
    for (const QuestionVersion *question : questions) {
        for (const QString &riskPoint : question->riskPoints) {
            ++byRiskPoint[riskPoint];
        }
        for (const QString &post : bank.postsOf(*question)) {
            ++byPost[post];
        }
    }
    for (const RiskPoint &point : bank.riskPoints()) {
        const int wanted = point.grade == RiskGrade::High ? 4 : 2;
        const int held = byRiskPoint.value(point.id);
        if (held < wanted) {
            findings.add(
                "few-questions", point.id, QStringLiteral("%1: %2/%3").arg(point.name).arg(held).arg(wanted));
        }
    }
    for (const Post &post : bank.posts()) {
        const int held = byPost.value(post.code);
        if (held < perPost) {
            findings.add("few-questions-of-post", post.code,
                QStringLiteral("%1: %2/%3").arg(post.name).arg(held).arg(perPost));
        }
    }
}

void themes(const QuestionBank &bank, Findings &findings)
{
    const auto expect = [&findings](const QString &object, const char *what, const QString &id, bool there) {
        if (!id.isEmpty() && !there) {
            findings.add("theme-reference", object, QStringLiteral("%1 %2").arg(QLatin1String(what), id));
        }
    };
    for (const CultureTheme &theme : bank.themes()) {
        for (const QString &id : theme.posts) {
            expect(theme.id, "post", id, bank.post(id));
        }
        for (const QString &id : theme.riskPoints) {
            expect(theme.id, "risk point", id, bank.riskPoint(id));
        }
        for (const QString &id : theme.articles) {
            const LegalArticle *article = bank.article(id);
            expect(theme.id, "article", id, article && article->citable);
        }
        for (const QString &id : theme.questions) {
            expect(theme.id, "question", id, bank.latest(id));
        }
        for (const Picture &picture : theme.pictures) {
            expect(theme.id, "picture", picture.media, bank.media().contains(picture.media));
        }
        expect(theme.id, "story", theme.story, bank.story(theme.story));
        const ThemeWindow &window = theme.window;
        const int year = QDate(1970, 1, 1).addDays(bank.createdAtMs / 86'400'000).year();
        const bool recurs = window.kind == WindowKind::Fixed || window.kind == WindowKind::Festival;
        if ((recurs && !daysOf(window, year, bank.festivals()) && !daysOf(window, year + 1, bank.festivals()))
            || (window.kind == WindowKind::ByHand && !window.byHand.from.isValid()
                && window.note.isEmpty())) {
            findings.add(
                "theme-without-days", theme.id, window.from.toText() + QLatin1Char('~') + window.to.toText());
        }
    }
    for (const Story &story : bank.stories()) {
        expect(story.id, "risk point", story.riskPoint, bank.riskPoint(story.riskPoint));
        expect(story.id, "picture", story.picture.media, bank.media().contains(story.picture.media));
    }
}

void unusedPictures(const QuestionBank &bank, Findings &findings)
{
    if (bank.media().isEmpty()) {
        return;
    }
    QSet<QString> used;
    const auto use = [&used](const QuestionItem &item) {
        used.insert(item.picture->media);
        for (const QList<Choice> *list : {&item.choices, &item.targets}) {
            for (const Choice &choice : *list) {
                used.insert(choice.picture->media);
            }
        }
    };
    for (const QuestionVersion &question : bank.questions()) {
        use(question);
        for (const QuestionPart &part : question.parts) {
            use(part);
        }
    }
    for (const CultureTheme &theme : bank.themes()) {
        for (const Picture &picture : theme.pictures) {
            used.insert(picture.media);
        }
    }
    for (const Story &story : bank.stories()) {
        used.insert(story.picture.media);
    }
    for (auto it = bank.media().cbegin(); it != bank.media().cend(); ++it) {
        if (!used.contains(it.key())) {
            findings.add("picture-unused", QStringLiteral("bank"), it.key());
        }
    }
}

} // namespace qingfeng::rules
