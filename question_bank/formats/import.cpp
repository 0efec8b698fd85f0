#include "question_bank/formats/import.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/base/file.h"
#include "question_bank/formats/bank_file.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/formats/registry.h"
#include "question_bank/formats/risk_catalogue.h"
#include "question_bank/model/bank_json.h"

#include <algorithm>

#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

namespace qingfeng {
namespace {

constexpr qsizetype maxQuestions = 200'000;
constexpr qsizetype maxText = 20'000; ///< characters of one text; what is longer is no question

QString nameOf(ImportStatus status)
{
    switch (status) {
    case ImportStatus::Accepted:
        return QStringLiteral("accepted");
    case ImportStatus::Updated:
        return QStringLiteral("updated");
    case ImportStatus::Duplicate:
        break;
    }
    return QStringLiteral("duplicate");
}

QJsonArray toJson(const QList<ImportRemark> &remarks)
{
    QJsonArray list;
    for (const ImportRemark &remark : remarks) {
        list.append(QJsonObject{{QStringLiteral("file"), remark.file}, {QStringLiteral("row"), remark.row},
            {QStringLiteral("column"), remark.column}, {QStringLiteral("reason"), remark.reason}});
    }
    return list;
}

/** Content without what says only how far it has come: two versions of equal content are the same question.
 */
QByteArray contentOf(QuestionVersion question)
{
    question.version = 1;
    question.state = ReviewState::Draft;
    question.stateReason.clear();
    question.publishedRevision = 0;
    return canonicalJson(toJson(question));
}

QByteArray answerOf(const QuestionVersion &question)
{
    const auto of = [](const QuestionItem &item) {
        QStringList right;
        for (const QString &id : item.answer) {
            const Choice *choice = item.choice(id);
            right.append(choice ? choice->text + choice->picture->media : id);
        }
        if (item.type != QuestionType::Order) {
            right.sort();
        }
        for (const Choice &choice : item.choices) {
            for (const Choice &target : item.targets) {
                if (target.id == item.pairs.value(choice.id)) {
                    right.append(choice.text + QLatin1Char('=') + target.text);
                }
            }
        }
        for (const Blank &blank : item.blanks) {
            right += blank.accepted;
        }
        return right.join(QLatin1Char('\n')).toUtf8();
    };
    QByteArray all = of(question);
    for (const QuestionPart &part : question.parts) {
        all += '\0' + of(part);
    }
    return all;
}

class Planner
{
public:
    Planner(const QuestionBank &into, ImportPlan &plan)
        : m_bank(into)
        , m_plan(plan)
        , m_catalogue(into)
    {
        for (const QuestionVersion &question : m_bank.questions()) {
            m_byText.insert(questionFingerprint(question), {question.id, answerOf(question)});
        }
    }

    void read(const ImportSource &source, const QString &formatName, const ImportOptions &options)
    {
        if (source.bytes.size() > maxImportBytes) {
            return reject(source.name, 0, {}, QStringLiteral("文件超过 64 MB，请分成几个文件"));
        }
        const QuestionFormat *format = formatName == QLatin1String("auto")
            ? detectFormat(source.bytes, source.name)
            : questionFormat(formatName);
        if (!format) {
            return reject(source.name, 0, {},
                QStringLiteral(
                    "看不出是什么格式；旧版 .doc、.xls 请另存为 .docx、.xlsx，或用 --format 指明"));
        }
        if (!format->read) {
            return reject(source.name, 0, {}, QStringLiteral("这个版本还不能读取 %1 格式").arg(format->name));
        }
        ImportedFile file = format->read(source.bytes, source.name, options);
        m_plan.receipt.rejected += file.rejected;
        m_plan.receipt.warnings += file.warnings;
        if (file.questions.isEmpty() && file.rejected.isEmpty()) {
            reject(source.name, 0, {}, QStringLiteral("文件里没有题目（按 %1 格式读取）").arg(format->name));
        }
        qint64 number = 0;
        for (ImportedQuestion &imported : file.questions) {
            ++number;
            take(imported, file.media, source.name, number);
        }
    }

private:
    void reject(const QString &file, qint64 row, const QString &column, const QString &reason)
    {
        m_plan.receipt.rejected.append({file, row, column, reason});
    }

    void warn(const ImportedQuestion &imported, const QString &column, const QString &reason)
    {
        m_plan.receipt.warnings.append({imported.file, imported.row, column, reason});
    }

    void take(ImportedQuestion &imported, const Media &media, const QString &source, qint64 number)
    {
        QuestionVersion &question = imported.question;
        const QString problem = problemOf(question);
        if (!problem.isEmpty()) {
            return reject(imported.file, imported.row, {}, problem);
        }
        settleState(imported);
        mapCategory(imported);
        dropUnknownPictures(imported, media);

        const bool named = !question.id.isEmpty();
        const QuestionVersion *held = named ? latest(question.id) : nullptr;
        if (held) {
            return update(imported, *held, media);
        }
        const QByteArray text = questionFingerprint(question);
        const auto same = m_byText.constFind(text);
        if (same != m_byText.constEnd()) {
            if (same->second != answerOf(question)) {
                warn(imported, {},
                    QStringLiteral("与 %1 题干、选项相同而答案不同，未导入，请核对").arg(same->first));
            }
            return done(imported, same->first, ImportStatus::Duplicate);
        }
        if (!named) {
            question.id = freeId(source, number);
            question.version = 1;
        }
        warnOfUnknown(imported);
        add(imported, media, ImportStatus::Accepted);
    }

    /** What no bank can hold, whatever format it came from. */
    static QString problemOf(const QuestionVersion &question)
    {
        const auto tooLong = [](const QuestionItem &item) {
            return item.stem.size() > maxText
                || std::any_of(item.choices.cbegin(), item.choices.cend(),
                    [](const Choice &choice) { return choice.text.size() > maxText; });
        };
        static const QRegularExpression control(QStringLiteral("[\\x00-\\x1f\\x7f]"));
        if (question.id.size() > 200 || question.id.contains(control)) {
            return QStringLiteral("编号过长或含控制字符");
        }
        if (tooLong(question) || std::any_of(question.parts.cbegin(), question.parts.cend(), tooLong)) {
            return QStringLiteral("题干或选项超过 %1 字").arg(maxText);
        }
        auto checked = question;
        if (checked.id.isEmpty()) {
            checked.id = QStringLiteral("-");
        }
        const QByteArray json = canonicalJson(toJson(checked));
        const auto parsed = parseJsonObject(json);
        const auto again
            = parsed ? fromJson<QuestionVersion>(*parsed) : Result<QuestionVersion>(parsed.error());
        if (!again || *again != checked) {
            return QStringLiteral("内容不完整或含无效字符（%1）")
                .arg(again ? QString() : again.error().where());
        }
        return {};
    }

    void settleState(ImportedQuestion &imported)
    {
        QuestionVersion &question = imported.question;
        if (question.type == QuestionType::TrueFalse) {
            question.choices = trueFalseChoices();
        }
        const bool two = !question.author.isEmpty() && !question.reviewer.isEmpty()
            && question.author != question.reviewer;
        switch (question.state) {
        case ReviewState::Approved:
        case ReviewState::Withdrawn:
            break;
        case ReviewState::Published:
            question.state = ReviewState::Approved; // published was it elsewhere, not in this bank
            break;
        default:
            question.state = ReviewState::Draft;
            return;
        }
        if (!two) {
            warn(imported, QStringLiteral("state"),
                QStringLiteral("已审核的题目要有命题人和另一位审核人，按草稿导入"));
            question.state = ReviewState::Draft;
        }
    }

    void mapCategory(ImportedQuestion &imported)
    {
        QString post;
        const QStringList points = m_catalogue.riskPoints(imported.category, post);
        if (!imported.question.riskPoints.isEmpty()) {
            return;
        }
        imported.question.riskPoints = points;
        if (points.isEmpty() && !post.isEmpty()) {
            warn(imported, QStringLiteral("category"),
                QStringLiteral("类别指明岗位 %1，没有指明风险点，请导入后补上").arg(post));
        }
        if (!post.isEmpty() && !m_bank.post(post)) {
            warn(imported, QStringLiteral("category"), QStringLiteral("题库里没有岗位 %1").arg(post));
        }
    }

    void dropUnknownPictures(ImportedQuestion &imported, const Media &media)
    {
        const auto check = [&](Rare<Picture> &picture) {
            if (!picture->media.isEmpty() && !media.contains(picture->media)
                && !m_bank.media().contains(picture->media)) {
                warn(imported, QStringLiteral("picture"),
                    QStringLiteral("没有随附图片 %1，未导入").arg(picture->media.left(80)));
                picture = {};
            }
        };
        const auto checkItem = [&](QuestionItem &item) {
            check(item.picture);
            for (QList<Choice> *list : {&item.choices, &item.targets}) {
                for (Choice &choice : *list) {
                    check(choice.picture);
                }
            }
        };
        checkItem(imported.question);
        for (QuestionPart &part : imported.question.parts) {
            checkItem(part);
        }
    }

    void warnOfUnknown(const ImportedQuestion &imported)
    {
        for (const QString &id : imported.question.riskPoints) {
            if (!m_bank.riskPoint(id)) {
                warn(imported, QStringLiteral("risk_points"),
                    QStringLiteral("题库里没有风险点 %1").arg(id.left(60)));
            }
        }
        for (const QString &id : imported.question.articles) {
            if (!m_bank.article(id)) {
                warn(imported, QStringLiteral("articles"),
                    QStringLiteral("题库里没有法律依据 %1").arg(id.left(60)));
            }
        }
    }

    const QuestionVersion *latest(const QString &id) const
    {
        const auto planned = m_planned.constFind(id);
        return planned == m_planned.constEnd() ? m_bank.latest(id) : &m_plan.added.at(*planned);
    }

    void update(ImportedQuestion &imported, const QuestionVersion &held, const Media &media)
    {
        QuestionVersion &question = imported.question;
        keepUnstated(imported, held);
        const QByteArray content = contentOf(question);
        bool same = contentOf(held) == content;
        for (int version = 1; version < held.version && !same; ++version) {
            const QuestionVersion *earlier = m_bank.question(question.id, version);
            same = earlier && version == question.version && contentOf(*earlier) == content;
        }
        if (same) {
            return done(imported, question.id, ImportStatus::Duplicate);
        }
        if (m_planned.contains(question.id)) {
            return reject(imported.file, imported.row, QStringLiteral("id"),
                QStringLiteral("编号 %1 在这批文件里有两道不同的题").arg(question.id));
        }
        question.version = held.version + 1;
        warnOfUnknown(imported);
        add(imported, media, ImportStatus::Updated);
    }

    static void keepUnstated(ImportedQuestion &imported, const QuestionVersion &held)
    {
        QuestionVersion &question = imported.question;
        const auto keep = [](auto &field, const auto &before) {
            if (field.isEmpty()) {
                field = before;
            }
        };
        keep(question.riskPoints, held.riskPoints);
        keep(question.articles, held.articles);
        keep(question.keyword, held.keyword);
        keep(question.source, held.source);
        for (const auto part :
            {Explanation::Act, Explanation::Why, Explanation::Consequence, Explanation::Instead}) {
            if (question.explanation.part(part).isEmpty()) {
                question.explanation.setPart(part, held.explanation.part(part));
            }
        }
        keep(question.author, held.author);
        const auto keepDay = [](QDate &field, QDate before) { field = field.isValid() ? field : before; };
        keepDay(question.validFrom, held.validFrom);
        keepDay(question.validUntil, held.validUntil);
        if (question.audience == Audience::All && !imported.stated.contains(QStringLiteral("audience"))) {
            question.audience = held.audience;
        }
        if (question.difficulty == Difficulty::Medium
            && !imported.stated.contains(QStringLiteral("difficulty"))) {
            question.difficulty = held.difficulty;
        }
        // A review belongs to what was reviewed: it is kept only where nothing else has changed.
        QuestionVersion reviewed = question;
        reviewed.reviewer = held.reviewer;
        reviewed.reviewedOn = held.reviewedOn;
        if (question.reviewer.isEmpty() && contentOf(reviewed) == contentOf(held)) {
            question = reviewed;
        }
    }

    QString freeId(const QString &source, qint64 number) const
    {
        QString stem = QFileInfo(source).completeBaseName();
        static const QRegularExpression other(
            QStringLiteral("[^\\w.-]+"), QRegularExpression::UseUnicodePropertiesOption);
        stem = stem.replace(other, QStringLiteral("_")).left(60);
        const QString base = QStringLiteral("%1-%2")
                                 .arg(stem.isEmpty() ? QStringLiteral("import") : stem)
                                 .arg(number, 3, 10, QLatin1Char('0'));
        QString id = base;
        for (int i = 2; latest(id); ++i) {
            id = base + QLatin1Char('-') + QString::number(i);
        }
        return id;
    }

    void add(const ImportedQuestion &imported, const Media &media, ImportStatus status)
    {
        const QuestionVersion &question = imported.question;
        if (m_plan.added.size() >= maxQuestions) {
            return reject(
                imported.file, imported.row, {}, QStringLiteral("一次最多导入 %1 题").arg(maxQuestions));
        }
        const auto bring = [&](const Picture &picture) {
            if (!picture.media.isEmpty() && !m_bank.media().contains(picture.media)) {
                m_plan.media.insert(picture.media, media.value(picture.media));
            }
        };
        const auto bringAll = [&](const QuestionItem &item) {
            bring(item.picture);
            for (const QList<Choice> &list : {item.choices, item.targets}) {
                for (const Choice &choice : list) {
                    bring(choice.picture);
                }
            }
        };
        bringAll(question);
        for (const QuestionPart &part : question.parts) {
            bringAll(part);
        }
        m_planned.insert(question.id, m_plan.added.size());
        m_plan.added.append(question);
        m_byText.insert(questionFingerprint(question), {question.id, answerOf(question)});
        done(imported, question.id, status);
    }

    void done(const ImportedQuestion &imported, const QString &id, ImportStatus status)
    {
        m_plan.receipt.questions.append({id, imported.file, imported.row, status});
    }

    const QuestionBank &m_bank;
    ImportPlan &m_plan;
    const RiskCatalogue m_catalogue;
    QHash<QString, qsizetype> m_planned; ///< id → place in added
    QHash<QByteArray, QPair<QString, QByteArray>> m_byText; ///< fingerprint → id and answer
};

} // namespace

qint64 ImportReceipt::count(ImportStatus status) const
{
    return std::count_if(
        questions.cbegin(), questions.cend(), [&](const ImportedId &each) { return each.status == status; });
}

QJsonObject toJson(const ImportReceipt &receipt)
{
    QJsonArray questions;
    for (const ImportedId &each : receipt.questions) {
        questions.append(QJsonObject{{QStringLiteral("id"), each.id}, {QStringLiteral("file"), each.file},
            {QStringLiteral("row"), each.row}, {QStringLiteral("status"), nameOf(each.status)}});
    }
    return {{QStringLiteral("accepted"), receipt.count(ImportStatus::Accepted)},
        {QStringLiteral("updated"), receipt.count(ImportStatus::Updated)},
        {QStringLiteral("duplicate"), receipt.count(ImportStatus::Duplicate)},
        {QStringLiteral("rejected"), toJson(receipt.rejected)},
        {QStringLiteral("warnings"), toJson(receipt.warnings)},
        {QStringLiteral("committed"), receipt.committed}, {QStringLiteral("questions"), questions}};
}

ImportPlan planImport(const QList<ImportSource> &sources, const QString &format, const ImportOptions &options,
    const QuestionBank &into)
{
    ImportPlan plan;
    Planner planner(into, plan);
    for (const ImportSource &source : sources) {
        planner.read(source, format, options);
    }
    return plan;
}

Result<void> commitImport(const ImportPlan &plan, const OpenBank &target, qint64 nowMs)
{
    if (plan.added.isEmpty()) {
        return {};
    }
    if (target.kind == BankKind::Sources && target.exists) {
        return appendToBankSources(target.path, plan.added, plan.media);
    }
    QuestionBank bank = target.bank;
    if (!target.exists) {
        bank.unit = QStringLiteral("imported");
        bank.revision = 1;
        bank.createdAtMs = nowMs;
    }
    for (const QuestionVersion &question : plan.added) {
        if (const auto added = bank.add(question); !added) {
            return added.error();
        }
    }
    for (const QByteArray &picture : plan.media) {
        if (const auto added = bank.addMedia(picture); !added) {
            return added.error();
        }
    }
    if (target.kind == BankKind::Sources) {
        return writeBankSources(bank, target.path);
    }
    const auto written = writeBankFile(bank);
    if (!written) {
        return written.error();
    }
    return writeFileAtomically(target.path, written->bytes);
}

} // namespace qingfeng
