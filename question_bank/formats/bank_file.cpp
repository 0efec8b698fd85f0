#include "question_bank/formats/bank_file.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/model/bank_json.h"

#include <QDateTime>
#include <QJsonArray>

namespace qingfeng {
namespace {

template <typename T> QJsonArray listOf(const QList<T> &values)
{
    QJsonArray list;
    for (const T &value : values) {
        list.append(toJson(value));
    }
    return list;
}

template <typename T> Result<void> readList(const QJsonObject &document, const char *key, QuestionBank &bank)
{
    const QJsonValue value = document.value(QLatin1String(key));
    if (!value.isArray() && !value.isUndefined()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("list expected"), QLatin1String(key));
    }
    qsizetype row = 0;
    for (const QJsonValue element : value.toArray()) {
        ++row;
        const QString where = QStringLiteral("%1: entry %2").arg(QLatin1String(key)).arg(row);
        auto read = fromJson<T>(element.toObject());
        if (!read) {
            return Error(read.error().code(), read.error().detail(), where + QStringLiteral(": ") + read.error().where());
        }
        if constexpr (std::is_same_v<T, QuestionVersion>) {
            if (bank.question(read->id, read->version)) {
                return Error(ErrorCode::Conflict, QStringLiteral("this version stands twice"), where);
            }
        }
        bank.add(std::move(*read));
    }
    return {};
}

/** Pictures that are what their names say; the others are named in @p wrong. */
Media readMedia(const QJsonObject &document, QStringList &wrong)
{
    Media media;
    const QJsonObject object = document.value(QStringLiteral("media")).toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QByteArray bytes = QByteArray::fromBase64(it.value().toString().toLatin1());
        if (!bytes.isEmpty() && it.key().section(QLatin1Char('.'), 0, 0) == sha256Hex(bytes)) {
            media.insert(it.key(), bytes);
        } else {
            wrong.append(it.key());
        }
    }
    return media;
}

} // namespace

Result<ExportedFile> writeBankFile(const QuestionBank &bank, const Media &media)
{
    QJsonObject pictures;
    for (auto it = media.cbegin(); it != media.cend(); ++it) {
        pictures.insert(it.key(), QString::fromLatin1(it.value().toBase64()));
    }
    ExportedFile out;
    out.bytes = canonicalJson(QJsonObject {{QStringLiteral("unit"), bank.unit},
        {QStringLiteral("revision"), bank.revision}, {QStringLiteral("created_at_ms"), bank.createdAtMs},
        {QStringLiteral("posts"), listOf(bank.posts())}, {QStringLiteral("risk_points"), listOf(bank.riskPoints())},
        {QStringLiteral("laws"), listOf(bank.laws())}, {QStringLiteral("articles"), listOf(bank.articles())},
        {QStringLiteral("questions"), listOf(bank.questions())}, {QStringLiteral("media"), pictures}});
    out.bytes += '\n';
    return out;
}

Result<BankContent> parseBankFile(const QByteArray &bytes)
{
    const auto document = parseJsonObject(bytes);
    if (!document) {
        return document.error();
    }
    if (!document->value(QStringLiteral("unit")).isString() || !document->contains(QStringLiteral("questions"))) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("not a question bank: unit and questions are expected"));
    }
    BankContent content;
    content.bank.unit = document->value(QStringLiteral("unit")).toString();
    content.bank.revision = document->value(QStringLiteral("revision")).toInteger();
    content.bank.createdAtMs = document->value(QStringLiteral("created_at_ms")).toInteger();
    for (const auto &read : {readList<Post>(*document, "posts", content.bank),
             readList<RiskPoint>(*document, "risk_points", content.bank), readList<Law>(*document, "laws", content.bank),
             readList<LegalArticle>(*document, "articles", content.bank),
             readList<QuestionVersion>(*document, "questions", content.bank)}) {
        if (!read) {
            return read.error();
        }
    }
    QStringList wrong;
    content.media = readMedia(*document, wrong);
    if (!wrong.isEmpty()) {
        return Error(ErrorCode::Corrupt, QStringLiteral("a picture is not what its name says"), wrong.first());
    }
    return content;
}

ImportedFile readBankFile(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    const auto document = parseJsonObject(bytes);
    if (!document || !document->value(QStringLiteral("questions")).isArray()) {
        out.rejected.append({fileName, 0, {},
            document ? QStringLiteral("没有 questions 列表，这不是题库 JSON")
                     : QStringLiteral("不是合格的 JSON（%1：%2）").arg(document.error().where(), document.error().detail())});
        return out;
    }
    QStringList wrong;
    out.media = readMedia(*document, wrong);
    for (const QString &name : std::as_const(wrong)) {
        out.warnings.append({fileName, 0, QStringLiteral("media"), QStringLiteral("图片 %1 与其名称不符，未导入").arg(name.left(80))});
    }
    qint64 row = 0;
    for (const QJsonValue element : document->value(QStringLiteral("questions")).toArray()) {
        ++row;
        const auto question = fromJson<QuestionVersion>(element.toObject());
        if (!question) {
            out.rejected.append({fileName, row, question.error().where(), QStringLiteral("第 %1 题：%2").arg(row).arg(question.error().detail())});
            continue;
        }
        ImportedQuestion imported;
        imported.question = *question;
        imported.file = fileName;
        imported.row = row;
        imported.stated = {QStringLiteral("audience"), QStringLiteral("difficulty")};
        out.questions.append(imported);
    }
    return out;
}

} // namespace qingfeng
