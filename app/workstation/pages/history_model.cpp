#include "app/workstation/pages/history_model.h"

#include "app/workstation/pages/list_model.h"

#include "app/widgets/words.h"

namespace qingfeng {
namespace {

bool isOfKind(const Attempt &attempt, HistoryKind kind, const QSet<QString> &annotated)
{
    switch (kind) {
    case HistoryKind::NotRight:
        return attempt.outcome != Outcome::Right;
    case HistoryKind::Gate:
        return attempt.context == AttemptContext::Gate;
    case HistoryKind::Study:
        return attempt.context == AttemptContext::Study || attempt.context == AttemptContext::Theme;
    case HistoryKind::Test:
        return attempt.context == AttemptContext::Test;
    case HistoryKind::Annotated:
        return annotated.contains(attempt.id);
    case HistoryKind::All:
        break;
    }
    return true;
}

} // namespace

HistoryModel::HistoryModel(const Learner &learner, QObject *parent)
    : QAbstractListModel(parent)
    , m_learner(learner)
{
}

void HistoryModel::refresh(HistoryKind kind)
{
    beginResetModel();
    m_attempts = m_learner.attempts();
    m_shown.clear();
    m_annotated.clear();
    for (const Annotation &annotation : m_learner.annotations()) {
        m_annotated.insert(annotation.attempt);
    }
    for (qsizetype i = m_attempts.size() - 1; i >= 0; --i) {
        if (isOfKind(m_attempts.at(i), kind, m_annotated)) {
            m_shown.append(i);
        }
    }
    endResetModel();
}

int HistoryModel::rowOf(const QString &attemptId) const
{
    for (int row = 0; row < m_shown.size(); ++row) {
        if (attemptAt(row).id == attemptId) {
            return row;
        }
    }
    return -1;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Attempt &attempt = attemptAt(index.row());
    const QuestionVersion *question = m_learner.question(attempt.question, attempt.version);
    ListRow row;
    row.key = attempt.id;
    //: %1 id of a question that the bank has no more.
    row.title = question ? question->stem : tr("Question %1, no longer in the bank").arg(attempt.question);
    const QDateTime at
        = QDateTime::fromMSecsSinceEpoch(attempt.answeredAtMs, Qt::OffsetFromUTC, attempt.utcOffsetSeconds);
    const bool thisYear = at.date().year() == m_learner.today().year();
    //: %1 right, wrong …; %2 date, of this year with the time; %3 at the gate, study …
    row.line = tr("%1 · %2 · %3")
                   .arg(Words::of(attempt.outcome), thisYear ? Words::shortMoment(at) : Words::date(at.date()),
                       Words::of(attempt.context));
    if (m_annotated.contains(attempt.id)) {
        //: %1 what else is said of an answer in a list.
        row.line = tr("Annotated · %1").arg(row.line);
    }
    row.icon = iconOf(attempt.outcome);
    row.ink = inkOf(attempt.outcome);
    return listRowData(row, role);
}

} // namespace qingfeng
