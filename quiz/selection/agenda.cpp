#include "quiz/selection/agenda.h"

namespace qingfeng {

QList<Mandate> lawMandates(const QuestionBank &bank, QDate today)
{
    QMap<QString, int> versions; // of questions, each once however many articles have changed
    for (const LawChange &change : bank.lawChanges()) {
        if (change.on > today || change.on.daysTo(today) > changedLawDays) {
            continue;
        }
        for (const QuestionRef &waiting : change.questions) {
            const QuestionVersion *latest = bank.latest(waiting.id);
            if (latest && latest->version > waiting.version) {
                versions.insert(waiting.id, latest->version);
            }
        }
    }
    QList<Mandate> mandates;
    for (auto it = versions.cbegin(); it != versions.cend(); ++it) {
        mandates.append({it.key(), it.value(), {}, Mandate::Kind::ChangedLaw});
    }
    return mandates;
}

QList<Mandate> orderedMandates(const PolicySet &policy, const QuestionBank &bank, QDate today)
{
    QList<Mandate> mandates;
    for (const MandatoryQuestion &ordered : policy.mandatory) {
        const QuestionVersion *latest = bank.latest(ordered.question);
        if (latest && ordered.isOn(today)) {
            mandates.append({latest->id, latest->version, ordered.until, Mandate::Kind::Ordered});
        }
    }
    return mandates;
}

const CultureTheme *themeFor(
    const QuestionBank &bank, const Person &person, const QStringList &posts, QDate today)
{
    QStringList held = posts;
    if (!held.contains(commonPost())) {
        held.append(commonPost());
    }
    return themeOn(today, bank.themes(), bank.festivals(), held,
        [&person](Audience audience) { return person.isInAudience(audience); });
}

QStringList questionsOf(const CultureTheme &theme, const QuestionBank &bank)
{
    QStringList ids = theme.questions;
    for (const QString &point : theme.riskPoints) {
        for (const QuestionVersion *question : bank.questionsOfRiskPoint(point)) {
            ids.append(question->id);
        }
    }
    ids.removeDuplicates();
    return ids;
}

void addAgenda(SelectionRequest &request, const PolicySet &policy)
{
    request.mandates = orderedMandates(policy, *request.bank, request.today)
        + lawMandates(*request.bank, request.today);
    request.themeOf.clear();
    if (const CultureTheme *theme = themeFor(*request.bank, request.person, request.posts, request.today)) {
        for (const QString &id : questionsOf(*theme, *request.bank)) {
            request.themeOf.insert(id, theme->id);
        }
    }
}

} // namespace qingfeng
