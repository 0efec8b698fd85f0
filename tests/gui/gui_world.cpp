#include "tests/gui/gui_world.h"

#include <algorithm>

#include "quiz/people/pin.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/uuid.h"
#include "question_bank/formats/bank_sources.h"

namespace qingfeng {
namespace {

Roster roster()
{
    Roster roster;
    roster.unit
        = {QStringLiteral("QFSW"), QStringLiteral("清风县税务局"), QStringLiteral("https://tax.example")};
    roster.departments = {{QStringLiteral("D1"), {}, QStringLiteral("第二稽查局")},
        {QStringLiteral("D11"), QStringLiteral("D1"), QStringLiteral("检查一科")}};
    Person zhang;
    zhang.number = QStringLiteral("13701");
    zhang.name = QStringLiteral("张三");
    zhang.department = QStringLiteral("D11");
    zhang.accounts = {QStringLiteral("zhangsan")};
    zhang.party = true;
    static const QString pinHash = *hashPin(QStringLiteral("2468")); // costs time by design
    zhang.pinHash = pinHash;
    zhang.assignments = {{QStringLiteral("P06"), QStringLiteral("D11"), true, {}, {}}};
    Person li = zhang;
    li.number = QStringLiteral("13702");
    li.name = QStringLiteral("欧阳阿卜杜热合曼·买买提江");
    li.accounts = {QStringLiteral("lisi")};
    li.assignments = {{QStringLiteral("P13"), QStringLiteral("D11"), true, {}, {}},
        {QStringLiteral("P01"), QStringLiteral("D11"), false, {}, {}}};
    roster.people = {zhang, li};
    return roster;
}

std::shared_ptr<const QuestionBank> starterBank()
{
    static const auto bank
        = std::make_shared<const QuestionBank>(*readBankSources(QStringLiteral(QF_BANK_SOURCES)));
    return bank;
}

} // namespace

GuiWorld::GuiWorld(const QString &account)
    : m_store(*LearningStore::open(m_dir.filePath(QStringLiteral("learning.db")), m_clock, m_random))
    , m_bank(starterBank())
{
    const auto saved = m_store->saveDocument(QStringLiteral("roster"), {}, canonicalJson(toJson(roster())));
    Q_ASSERT(saved);
    m_learner = std::make_unique<Learner>(*m_store, m_bank, m_clock, m_random, OsAccount{account, {}});
}

void GuiWorld::setPolicy(const QByteArray &toml)
{
    LoadedPolicy loaded;
    addPolicy(toml, QStringLiteral("world.toml"), loaded);
    Q_ASSERT(loaded.faults.isEmpty());
    m_learner->setRules({loaded.policy, builtInWorkCalendar(), QStringLiteral("login")});
}

void GuiWorld::study(int days, int perDay)
{
    int asked = 0;
    for (int day = 0; day < days; ++day) {
        for (int i = 0; i < perDay && day % 4 != 3; ++i) {
            const auto shown = m_learner->presentForStudy();
            if (!shown) {
                break;
            }
            // Every third is wrong at first, every seventh later; one risk point stays hard.
            const bool hard = shown->reason.riskPoint.endsWith(QLatin1String("R02"));
            const bool wrong = hard ? asked % 3 != 1 : day < days / 2 ? asked % 3 == 1 : asked % 7 == 3;
            ++asked;
            const auto answered = m_learner->answer(
                *shown, wrong ? wrongResponse(shown->question) : rightResponse(shown->question), 14'000);
            Q_ASSERT(answered);
            m_clock.advanceMs(61'000);
        }
        m_clock.advanceDays(1);
    }
}

void GuiWorld::answerThreads(const QString &text)
{
    QList<FeedbackEntry> entries = *m_store->feedback().pending(100);
    for (FeedbackEntry &entry : entries) {
        entry.number = *m_store->feedback().newestNumber() + 1;
        FeedbackEntry answer = entry;
        m_clock.advanceMs(60'000);
        answer.id = makeUuidV7(m_clock, m_random);
        answer.kind = FeedbackKind::Message;
        answer.fromDesk = true;
        answer.author = QStringLiteral("张三（纪检组）");
        answer.text = text;
        answer.question.clear();
        answer.attempt.clear();
        answer.answer.clear();
        answer.writtenAtMs = m_clock.utcMs();
        answer.number = entry.number + 1;
        const auto taken = m_store->feedback().take({entry, answer});
        Q_ASSERT(taken);
        Q_UNUSED(taken)
    }
    m_learner->messagesArrived();
}

void GuiWorld::annotate(const Attempt &attempt, const QString &text)
{
    const Annotation annotation {makeUuidV7(m_clock, m_random), m_store->storeId(), attempt.id, attempt.hash,
        attempt.person, *m_store->annotationCount() + 1, QStringLiteral("张三（纪检组）"), text, m_clock.utcMs(),
        QStringLiteral("0123456789abcdef"), QByteArray(64, '\1')};
    const auto kept = m_store->addAnnotations({annotation});
    Q_ASSERT(kept);
    Q_UNUSED(kept)
    m_learner->reload();
}

const QuestionVersion &GuiWorld::questionOf(QuestionType type, const QString &post) const
{
    for (const QuestionVersion &question : m_bank->questions()) {
        if (question.type == type && (post.isEmpty() || m_bank->postsOf(question).contains(post))) {
            return question;
        }
    }
    return m_bank->questions().first();
}

QuestionVersion GuiWorld::longQuestion(int characters)
{
    QuestionVersion question;
    question.id = QStringLiteral("P00-R01-99");
    question.type = QuestionType::Multiple;
    const QString sentence
        = QStringLiteral("在对某公司实施检查期间，企业负责人以感谢指导为名多次联系检查组成员，");
    while (question.stem.size() < characters) {
        question.stem += sentence;
    }
    question.stem.truncate(characters);
    for (const char id : {'a', 'b', 'c', 'd', 'e', 'f'}) {
        question.choices.append({QString(QLatin1Char(id)), sentence + sentence, false});
    }
    question.answer = {QStringLiteral("a"), QStringLiteral("c")};
    question.explanation = {sentence, sentence + sentence, sentence, sentence};
    question.riskPoints = {QStringLiteral("P00-R01")};
    question.articles = {QStringLiteral("ZWCF-34")};
    return question;
}

Response rightResponse(const QuestionVersion &question)
{
    Response response;
    const auto answer = [](const QuestionItem &item, auto &given) {
        given.choices = item.answer;
        given.pairs = item.pairs;
        for (const Blank &blank : item.blanks) {
            given.texts.append(blank.accepted.value(0));
        }
    };
    answer(question, response);
    for (const QuestionPart &part : question.parts) {
        answer(part, response.parts[part.id]);
    }
    return response;
}

Response wrongResponse(const QuestionVersion &question)
{
    Response response;
    const auto miss = [](const QuestionItem &item, auto &given) {
        if (item.type == QuestionType::Order) {
            given.choices = item.answer;
            std::reverse(given.choices.begin(), given.choices.end());
            return;
        }
        for (const Choice &choice : item.choices) {
            const auto other = std::find_if(item.targets.cbegin(), item.targets.cend(),
                [&](const Choice &target) { return target.id != item.pairs.value(choice.id); });
            if (other != item.targets.cend()) {
                given.pairs.insert(choice.id, other->id);
            } else if (item.targets.isEmpty() && given.choices.isEmpty() && !item.answer.contains(choice.id)) {
                given.choices = {choice.id};
            }
        }
        given.texts.fill(QStringLiteral("不知道"), item.blanks.size());
    };
    miss(question, response);
    for (const QuestionPart &part : question.parts) {
        miss(part, response.parts[part.id]);
    }
    // Where every choice is right there is no wrong one to choose.
    response.unsure = response.isEmpty();
    return response;
}

} // namespace qingfeng
