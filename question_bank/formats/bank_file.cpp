#include "question_bank/formats/bank_file.h"

#include "question_bank/base/canonical_json.h"
#include "question_bank/formats/question_text.h"
#include "question_bank/model/bank_document.h"
#include "question_bank/model/bank_json.h"

#include <QJsonArray>

namespace qingfeng {
namespace {

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

Result<ExportedFile> writeBankFile(const QuestionBank &bank)
{
    ExportedFile out;
    out.bytes = canonicalJson(bankToDocument(bank));
    out.bytes += '\n';
    return out;
}

Result<QuestionBank> parseBankFile(const QByteArray &bytes)
{
    const auto document = parseJsonObject(bytes);
    if (!document) {
        return document.error();
    }
    return bankFromDocument(*document);
}

ImportedFile readBankFile(const QByteArray &bytes, const QString &fileName, const ImportOptions &)
{
    ImportedFile out;
    const auto document = parseJsonObject(bytes);
    if (!document || !document->value(QStringLiteral("questions")).isArray()) {
        out.rejected.append({fileName, 0, {},
            document ? QStringLiteral("没有 questions 列表，这不是题库 JSON")
                     : QStringLiteral("不是合格的 JSON（%1：%2）")
                           .arg(document.error().where(), document.error().detail())});
        return out;
    }
    QStringList wrong;
    out.media = readMedia(*document, wrong);
    for (const QString &name : std::as_const(wrong)) {
        out.warnings.append({fileName, 0, QStringLiteral("media"),
            QStringLiteral("图片 %1 与其名称不符，未导入").arg(name.left(80))});
    }
    qint64 row = 0;
    for (const QJsonValue element : document->value(QStringLiteral("questions")).toArray()) {
        ++row;
        const auto question = fromJson<QuestionVersion>(element.toObject());
        if (!question) {
            out.rejected.append({fileName, row, question.error().where(),
                QStringLiteral("第 %1 题：%2").arg(row).arg(question.error().detail())});
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
