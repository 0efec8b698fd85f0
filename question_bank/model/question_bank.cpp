#include "question_bank/model/question_bank.h"

#include "question_bank/model/review.h"

#include <algorithm>

namespace qingfeng {
namespace {

template <typename T>
const T *find(const QList<T> &list, const QHash<QString, qsizetype> &index, const QString &key)
{
    const auto it = index.constFind(key);
    return it == index.constEnd() ? nullptr : &list.at(*it);
}

/** Adds, or replaces the value that has the same key. */
template <typename T>
void put(QList<T> &list, QHash<QString, qsizetype> &index, const QString &key, T value)
{
    const auto it = index.constFind(key);
    if (it != index.constEnd()) {
        list[*it] = std::move(value);
        return;
    }
    index.insert(key, list.size());
    list.append(std::move(value));
}

/** The same for the few objects that need no index. */
template <typename T, typename Key> void putById(QList<T> &list, T value, Key T::*key)
{
    const auto at
        = std::find_if(list.begin(), list.end(), [&](const T &held) { return held.*key == value.*key; });
    if (at != list.end()) {
        *at = std::move(value);
    } else {
        list.append(std::move(value));
    }
}

template <typename T> const T *findById(const QList<T> &list, const QString &id)
{
    const auto at = std::find_if(list.cbegin(), list.cend(), [&](const T &held) { return held.id == id; });
    return at == list.cend() ? nullptr : &*at;
}

} // namespace

void QuestionBank::add(Post post)
{
    const QString key = post.code;
    put(m_posts, m_postIndex, key, std::move(post));
}

void QuestionBank::add(RiskPoint riskPoint)
{
    const QString key = riskPoint.id;
    put(m_riskPoints, m_riskPointIndex, key, std::move(riskPoint));
}

void QuestionBank::add(Law law)
{
    const QString key = law.id;
    put(m_laws, m_lawIndex, key, std::move(law));
}

void QuestionBank::add(LegalArticle article)
{
    const QString key = article.id;
    put(m_articles, m_articleIndex, key, std::move(article));
}

void QuestionBank::add(CultureTheme theme)
{
    putById(m_themes, std::move(theme), &CultureTheme::id);
}

void QuestionBank::add(Story story)
{
    putById(m_stories, std::move(story), &Story::id);
}

void QuestionBank::add(FestivalYear festivals)
{
    putById(m_festivals, std::move(festivals), &FestivalYear::year);
}

void QuestionBank::add(LawChange change)
{
    putById(m_lawChanges, std::move(change), &LawChange::id);
}

void QuestionBank::add(Acceptance acceptance)
{
    const auto at = std::find_if(m_acceptances.begin(), m_acceptances.end(), [&](const Acceptance &held) {
        return held.rule == acceptance.rule && held.object == acceptance.object;
    });
    if (at != m_acceptances.end()) {
        *at = std::move(acceptance);
    } else {
        m_acceptances.append(std::move(acceptance));
    }
}

Result<void> QuestionBank::add(QuestionVersion question)
{
    shareTexts(question);
    const qint32 held = indexOf(question.id, question.version);
    if (held >= 0) {
        QuestionVersion &old = m_questions[held];
        if (wasPublished(old)
            && (!sameContent(old, question) || question.publishedRevision != old.publishedRevision
                || question.state == ReviewState::Draft || question.state == ReviewState::InReview)) {
            return Error(ErrorCode::Conflict,
                QStringLiteral("a published version never changes: give what is new the version %1")
                    .arg(latest(question.id)->version + 1),
                QStringLiteral("%1 version %2").arg(question.id).arg(question.version));
        }
        for (const QString &riskPoint : std::as_const(old.riskPoints)) {
            m_byRiskPoint[riskPoint].removeAll(held);
        }
        old = std::move(question);
    } else {
        const auto added = qint32(m_questions.size());
        const auto highest = m_latest.constFind(question.id);
        if (highest == m_latest.constEnd() || m_questions.at(*highest).version < question.version) {
            m_before.append(highest == m_latest.constEnd() ? -1 : *highest);
            m_latest.insert(question.id, added);
        } else {
            qint32 above = *highest;
            while (m_before.at(above) >= 0 && m_questions.at(m_before.at(above)).version > question.version) {
                above = m_before.at(above);
            }
            m_before.append(m_before.at(above));
            m_before[above] = added;
        }
        m_questions.append(std::move(question));
    }
    const qint32 at = held >= 0 ? held : qint32(m_questions.size() - 1);
    for (const QString &riskPoint : std::as_const(m_questions.at(at).riskPoints)) {
        QList<qint32> &indices = m_byRiskPoint[riskPoint];
        const auto place = std::lower_bound(indices.begin(), indices.end(), at);
        if (place == indices.end() || *place != at) {
            indices.insert(place, at);
        }
    }
    return {};
}

Result<QString> QuestionBank::addMedia(const QByteArray &bytes)
{
    const auto name = mediaName(bytes);
    if (!name || m_media.contains(*name)) {
        return name;
    }
    if (m_mediaBytes + bytes.size() > maxMediaBytes) {
        return Error(ErrorCode::TooLarge,
            QStringLiteral("all pictures together are over %1 MB").arg(maxMediaBytes / 1024 / 1024), *name);
    }
    m_mediaBytes += bytes.size();
    m_media.insert(*name, bytes);
    return name;
}

void QuestionBank::removeMedia(const QString &name)
{
    m_mediaBytes -= m_media.take(name).size();
}

void QuestionBank::reserve(qsizetype questions)
{
    m_questions.reserve(questions);
    m_before.reserve(questions);
    m_latest.reserve(questions);
}

void QuestionBank::share(QString &text)
{
    if (!text.isEmpty()) {
        text = *m_texts.insert(text);
    }
}

void QuestionBank::share(QStringList &list)
{
    const auto held = m_lists.constFind(list);
    if (held != m_lists.constEnd()) {
        list = *held;
        return;
    }
    for (QString &text : list) {
        share(text);
    }
    list.squeeze();
    m_lists.insert(list, list);
}

void QuestionBank::shareTexts(QuestionItem &item)
{
    if (item.type == QuestionType::TrueFalse) {
        for (const QList<Choice> &choices : std::as_const(m_trueFalse)) {
            if (choices == item.choices) {
                item.choices = choices;
            }
        }
        if (m_trueFalse.size() < 8 && !m_trueFalse.contains(item.choices)) {
            m_trueFalse.append(item.choices);
        }
    } else {
        for (Choice &choice : item.choices) {
            share(choice.id);
        }
        item.choices.squeeze();
    }
    if (item.answer.size() <= 1 || item.type == QuestionType::Multiple) {
        share(item.answer);
    }
    for (Choice &target : item.targets) {
        share(target.id);
    }
    for (Blank &blank : item.blanks) {
        share(blank.id);
    }
}

void QuestionBank::shareTexts(QuestionVersion &question)
{
    shareTexts(static_cast<QuestionItem &>(question));
    for (QuestionPart &part : question.parts) {
        shareTexts(part);
        share(part.id);
    }
    question.parts.squeeze();
    share(question.riskPoints);
    share(question.articles);
    share(question.keyword);
    share(question.author);
    share(question.reviewer);
    share(question.source);
    share(question.stateReason);
}

const Post *QuestionBank::post(const QString &code) const
{
    return find(m_posts, m_postIndex, code);
}

const RiskPoint *QuestionBank::riskPoint(const QString &id) const
{
    return find(m_riskPoints, m_riskPointIndex, id);
}

const Law *QuestionBank::law(const QString &id) const
{
    return find(m_laws, m_lawIndex, id);
}

const LegalArticle *QuestionBank::article(const QString &id) const
{
    return find(m_articles, m_articleIndex, id);
}

const CultureTheme *QuestionBank::theme(const QString &id) const
{
    return findById(m_themes, id);
}

const Story *QuestionBank::story(const QString &id) const
{
    return findById(m_stories, id);
}

qint32 QuestionBank::indexOf(const QString &id, int version) const
{
    qint32 at = m_latest.value(id, -1);
    while (at >= 0 && m_questions.at(at).version > version) {
        at = m_before.at(at);
    }
    return at >= 0 && m_questions.at(at).version == version ? at : -1;
}

const QuestionVersion *QuestionBank::question(const QString &id, int version) const
{
    const qint32 at = indexOf(id, version);
    return at < 0 ? nullptr : &m_questions.at(at);
}

const QuestionVersion *QuestionBank::latest(const QString &questionId) const
{
    const auto it = m_latest.constFind(questionId);
    return it == m_latest.constEnd() ? nullptr : &m_questions.at(*it);
}

bool QuestionBank::isLatest(const QuestionVersion &question) const
{
    const QuestionVersion *highest = latest(question.id);
    return highest && highest->version == question.version;
}

QList<const QuestionVersion *> QuestionBank::questionsOfPost(const QString &code) const
{
    QList<qint32> indices;
    for (const RiskPoint &point : m_riskPoints) {
        if (point.post == code) {
            indices += m_byRiskPoint.value(point.id);
        }
    }
    std::sort(indices.begin(), indices.end());
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
    QList<const QuestionVersion *> questions;
    questions.reserve(indices.size());
    for (const qint32 index : std::as_const(indices)) {
        questions.append(&m_questions.at(index));
    }
    return questions;
}

QList<const QuestionVersion *> QuestionBank::questionsOfRiskPoint(const QString &id) const
{
    QList<const QuestionVersion *> questions;
    for (const qint32 index : m_byRiskPoint.value(id)) {
        questions.append(&m_questions.at(index));
    }
    return questions;
}

QStringList QuestionBank::postsOf(const QuestionVersion &question) const
{
    QStringList codes;
    for (const QString &id : question.riskPoints) {
        if (const RiskPoint *point = riskPoint(id)) {
            codes.append(point->post);
        }
    }
    codes.sort();
    codes.removeDuplicates();
    return codes;
}

RiskGrade QuestionBank::gradeOf(const QuestionVersion &question) const
{
    RiskGrade worst = RiskGrade::Low;
    for (const QString &id : question.riskPoints) {
        if (const RiskPoint *point = riskPoint(id)) {
            worst = std::min(worst, point->grade);
        }
    }
    return worst;
}

QString QuestionBank::citation(const QString &articleId) const
{
    const LegalArticle *found = article(articleId);
    if (!found) {
        return articleId;
    }
    const Law *source = law(found->law);
    return QStringLiteral("《%1》%2").arg(source ? source->shortTitle : found->law, found->label);
}

} // namespace qingfeng
