#include "app/workstation/pages/paper_setup.h"

#include "app/widgets/button.h"
#include "app/widgets/chips.h"
#include "app/widgets/error_texts.h"
#include "app/widgets/notice.h"
#include "app/widgets/text_block.h"
#include "app/widgets/words.h"

#include "question_bank/model/names.h"

#include <algorithm>

#include <QVBoxLayout>

namespace qingfeng {
namespace {

constexpr QuestionType allTypes[] = {QuestionType::Single, QuestionType::Multiple, QuestionType::TrueFalse,
    QuestionType::FillIn, QuestionType::Match, QuestionType::Order, QuestionType::Case};
constexpr RiskGrade allGrades[] = {RiskGrade::High, RiskGrade::Medium, RiskGrade::Low};

template <typename Enum> QStringList keysOf(const QList<Enum> &values)
{
    QStringList keys;
    for (const Enum value : values) {
        keys.append(nameOf(value));
    }
    return keys;
}

template <typename Enum> QList<Enum> valuesOf(const QStringList &keys)
{
    QList<Enum> values;
    for (const QString &key : keys) {
        if (const auto value = fromName<Enum>(key)) {
            values.append(*value);
        }
    }
    return values;
}

/** The choice that is nearest to a number. */
QString nearest(std::initializer_list<int> choices, int wanted)
{
    return QString::number(*std::min_element(choices.begin(), choices.end(),
        [wanted](int a, int b) { return std::abs(a - wanted) < std::abs(b - wanted); }));
}

constexpr auto questionChoices = {5, 10, 20, 50};
constexpr auto minuteChoices = {5, 10, 20, 30, 60};
constexpr auto passChoices = {60, 80};

} // namespace

PaperSetup::PaperSetup(Learner &learner, const Theme &theme, QWidget *parent)
    : ScrollPage(size::column, parent)
    , m_papers(learner)
    , m_learner(learner)
    , m_theme(theme)
{
    setAccessibleName(tr("New paper"));
    scaleWith(m_theme);
    column()->setSpacing(space::m);
    column()->addWidget(new TextBlock(theme, {Type::Heading}, tr("New paper"), content()));
    column()->addWidget(new TextBlock(theme, readingStyle(Type::Body, Ink::Secondary),
        tr("Questions are drawn by these rules from those that concern you. Every answer is kept at once and counts "
           "as practice; answers and explanations are shown at the end. You may leave a paper and take it up again: "
           "its clock stands still meanwhile."),
        content()));
    m_questions = addRule(tr("Questions"), false);
    m_minutes = addRule(tr("Time"), false);
    m_pass = addRule(tr("Pass mark"), false);
    m_types = addRule(tr("Types, none chosen is all"), true);
    m_grades = addRule(tr("Severity, none chosen is all"), true);
    m_posts = addRule(tr("Posts, none chosen is all"), true);
    m_available = new TextBlock(theme, readingStyle(), {}, content());
    m_notice = new Notice(theme, content());
    m_start = new Button(theme, Button::Kind::Primary, tr("&Begin"), content());
    column()->addSpacing(space::s);
    column()->addWidget(m_available);
    column()->addWidget(m_notice);
    column()->addWidget(m_start, 0, Qt::AlignLeft);
    column()->addStretch();
    setFocusProxy(m_start);

    QList<Chip> chips;
    for (const int count : questionChoices) {
        chips.append({QString::number(count), tr("%n question(s)", nullptr, count)});
    }
    m_questions->setChips(chips);
    chips.clear();
    for (const int minutes : minuteChoices) {
        chips.append({QString::number(minutes), tr("%n minute(s)", nullptr, minutes)});
    }
    m_minutes->setChips(chips);
    chips.clear();
    for (const int percent : passChoices) {
        chips.append({QString::number(percent), Words::percent(percent / 100.0)});
    }
    m_pass->setChips(chips);
    chips.clear();
    for (const QuestionType type : allTypes) {
        chips.append({nameOf(type), Words::of(type)});
    }
    m_types->setChips(chips);
    chips.clear();
    for (const RiskGrade grade : allGrades) {
        chips.append({nameOf(grade), QString(shapeOf(grade)) + QLatin1Char(' ') + Words::of(grade)});
    }
    m_grades->setChips(chips);
    for (Chips *rule : {m_questions, m_minutes, m_pass, m_types, m_grades, m_posts}) {
        connect(rule, &Chips::chosenChanged, this, &PaperSetup::showAvailable);
    }
    connect(m_start, &QAbstractButton::clicked, this, &PaperSetup::start);
    refresh();
}

Chips *PaperSetup::addRule(const QString &label, bool several)
{
    column()->addSpacing(space::xs);
    column()->addWidget(new TextBlock(m_theme, {Type::Small, Ink::Secondary}, label, content()));
    auto *chips = new Chips(m_theme, label, content(), several ? Chips::Pick::Several : Chips::Pick::One);
    column()->addWidget(chips);
    return chips;
}

void PaperSetup::refresh()
{
    QList<Chip> posts;
    for (const QString &code : m_learner.identity().posts) {
        posts.append({code, Words::post(m_learner.bank(), code)});
    }
    if (!m_learner.identity().posts.contains(commonPost())) {
        posts.append({commonPost(), tr("Common")});
    }
    m_posts->setChips(posts);
    const PaperRules rules = m_papers.rules();
    m_questions->choose(nearest(questionChoices, rules.questions));
    m_minutes->choose(nearest(minuteChoices, rules.minutes));
    m_pass->choose(nearest(passChoices, rules.passPercent));
    m_types->chooseKeys(keysOf(rules.types));
    m_grades->chooseKeys(keysOf(rules.grades));
    m_posts->chooseKeys(rules.posts);
    m_notice->clear();
    showAvailable();
}

PaperRules PaperSetup::rules() const
{
    PaperRules rules;
    rules.questions = m_questions->chosen().toInt();
    rules.minutes = m_minutes->chosen().toInt();
    rules.passPercent = m_pass->chosen().toInt();
    rules.types = valuesOf<QuestionType>(m_types->chosenKeys());
    rules.grades = valuesOf<RiskGrade>(m_grades->chosenKeys());
    rules.posts = m_posts->chosenKeys();
    return rules;
}

void PaperSetup::showAvailable()
{
    const PaperRules wanted = rules();
    const auto available = int(m_papers.available(wanted));
    m_start->setEnabled(available > 0);
    if (available == 0) {
        m_available->setText(tr("No question fits these rules. One rule less finds some."));
    } else if (available < wanted.questions) {
        m_available->setText(tr("%n question(s) fit these rules; the paper has them all.", nullptr, available));
    } else {
        m_available->setText(
            tr("%1 are drawn from %n question(s) that fit.", nullptr, available).arg(wanted.questions));
    }
}

void PaperSetup::start()
{
    const auto paper = m_papers.draw(rules());
    if (!paper) {
        m_notice->warn(errorText(Doing::Noting, paper.error()));
        return;
    }
    Q_EMIT started(*paper);
}

} // namespace qingfeng
