#include "app/report/pdf_file.h"

#include <memory>
#include <stdexcept>
#include <string>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <QRegularExpression>

namespace qingfeng {
namespace {

/** Takes what is unpacked until it is too much. */
class BoundedSink final : public Pipeline
{
public:
    explicit BoundedSink(qint64 maxBytes)
        : Pipeline("bounded", nullptr)
        , m_maxBytes(maxBytes)
    {
    }
    void write(unsigned char const *data, size_t size) override
    {
        if (qint64(size) > m_maxBytes - bytes.size()) {
            tooLarge = true;
            throw std::length_error("too large");
        }
        bytes.append(reinterpret_cast<const char *>(data), qsizetype(size));
    }
    void finish() override { }

    QByteArray bytes;
    bool tooLarge = false;

private:
    qint64 m_maxBytes;
};

void open(QPDF &pdf, const QByteArray &bytes)
{
    pdf.setSuppressWarnings(true);
    // Guessing at a damaged file takes time that grows faster than the file; what is damaged proves nothing.
    pdf.setAttemptRecovery(false);
    pdf.processMemoryFile("report", bytes.constData(), size_t(bytes.size()));
}

/** A CMap of Qt's, "<0001> <0003> [<2F8F> <0009> <4E00>]" or "<0001> <0003> <4E00>", with other characters.
 */
QByteArray mendedMap(const QByteArray &map, const QHash<char16_t, char16_t> &characters)
{
    static const QRegularExpression range(
        QStringLiteral("<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\\[([^\\]]*)\\])"));
    static const QRegularExpression unit(QStringLiteral("<([0-9A-F]{4})>"));
    const QString text = QString::fromLatin1(map);
    const auto mended = [&characters](char16_t found) {
        return QStringLiteral("<%1> ")
            .arg(int(characters.value(found, found)), 4, 16, QLatin1Char('0'))
            .toUpper();
    };
    QString out;
    qsizetype copied = 0;
    for (auto match = range.globalMatch(text); match.hasNext();) {
        const auto one = match.next();
        QString list;
        if (one.hasCaptured(4)) {
            for (auto entry = unit.globalMatch(one.captured(4)); entry.hasNext();) {
                list += mended(char16_t(entry.next().captured(1).toUShort(nullptr, 16)));
            }
        } else {
            const int first = one.captured(1).toInt(nullptr, 16);
            const int last = one.captured(2).toInt(nullptr, 16);
            for (int i = first; i <= last; ++i) {
                list += mended(char16_t(one.captured(3).toUShort(nullptr, 16) + (i - first)));
            }
        }
        out += text.mid(copied, one.capturedStart() - copied)
            + QStringLiteral("<%1> <%2> [%3]").arg(one.captured(1), one.captured(2), list);
        copied = one.capturedEnd();
    }
    return (out + text.mid(copied)).toLatin1();
}

void mendText(QPDF &pdf, const QHash<char16_t, char16_t> &characters)
{
    for (QPDFObjectHandle &object : pdf.getAllObjects()) {
        if (!object.isDictionary() || !object.hasKey("/ToUnicode")) {
            continue;
        }
        QPDFObjectHandle map = object.getKey("/ToUnicode");
        const auto data = map.getStreamData(qpdf_dl_generalized);
        const QByteArray mended = mendedMap(
            QByteArray(reinterpret_cast<const char *>(data->getBuffer()), qsizetype(data->getSize())),
            characters);
        map.replaceStreamData(mended.toStdString(), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

} // namespace

Result<QByteArray> finishPdf(
    const QByteArray &pdf, const QHash<char16_t, char16_t> &characters, const PdfAttachment &attachment)
{
    try {
        QPDF document;
        open(document, pdf);
        mendText(document, characters);
        document.getRoot().replaceKey("/Lang", QPDFObjectHandle::newUnicodeString("zh-CN"));
        if (!attachment.name.isEmpty()) {
            auto stream = QPDFEFStreamObjectHelper::createEFStream(document, attachment.bytes.toStdString());
            stream.setSubtype(attachment.type.toStdString());
            const std::string name = attachment.name.toStdString();
            QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(
                name, QPDFFileSpecObjectHelper::createFileSpec(document, name, stream));
        }
        QPDFWriter writer(document);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const auto written = writer.getBufferSharedPointer();
        return QByteArray(
            reinterpret_cast<const char *>(written->getBuffer()), qsizetype(written->getSize()));
    } catch (const std::exception &exception) {
        return Error(ErrorCode::Corrupt, QString::fromUtf8(exception.what()), QStringLiteral("pdf"));
    }
}

Result<QByteArray> attachedFile(const QByteArray &pdf, const QString &name, qint64 maxBytes)
{
    BoundedSink sink(maxBytes);
    try {
        QPDF document;
        open(document, pdf);
        const auto file = QPDFEmbeddedFileDocumentHelper(document).getEmbeddedFile(name.toStdString());
        QPDFObjectHandle stream = file ? file->getEmbeddedFileStream() : QPDFObjectHandle::newNull();
        if (!stream.isStream()) {
            return Error(ErrorCode::NotFound, QStringLiteral("nothing of this name is attached"), name);
        }
        if (!stream.pipeStreamData(&sink, 0, qpdf_dl_generalized, true, false) || sink.tooLarge) {
            return Error(sink.tooLarge ? ErrorCode::TooLarge : ErrorCode::Corrupt,
                QStringLiteral("the attached file cannot be read"), name);
        }
    } catch (const std::exception &exception) {
        return Error(sink.tooLarge ? ErrorCode::TooLarge : ErrorCode::Corrupt,
            QString::fromUtf8(exception.what()), name);
    }
    return sink.bytes;
}

} // namespace qingfeng
