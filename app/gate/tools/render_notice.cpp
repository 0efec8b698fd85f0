// Draws the countdown's words into a C++ file, when the gate is built: the gate itself knows no fonts.
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTextStream>

#include <algorithm>

namespace {

constexpr int titlePixels = 28;
constexpr int notePixels = 17;

QFont fontOf(int pixels)
{
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPixelSize(pixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QImage drawn(const QString &text, int pixels, int leastWidth = 0)
{
    const QFont font = fontOf(pixels);
    const QFontMetrics metrics(font);
    const int width = std::max(metrics.horizontalAdvance(text), leastWidth);
    QImage image(width, metrics.height(), QImage::Format_Grayscale8);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(image.rect(), int(Qt::AlignHCenter) | int(Qt::AlignVCenter), text);
    return image;
}

void writeValues(QTextStream &out, const QString &name, const QImage &image)
{
    out << "const std::uint8_t " << name << "Values[] = {";
    for (int y = 0; y < image.height(); ++y) {
        const uchar *row = image.constScanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            out << ((x % 32 == 0) ? "\n" : "") << int(row[x]) << ',';
        }
    }
    out << "};\n";
}

QString reference(const QString &name, const QImage &image)
{
    return QStringLiteral("{%1, %2, %3Values}").arg(image.width()).arg(image.height()).arg(name);
}

QString writeImage(QTextStream &out, const QString &name, const QImage &image)
{
    writeValues(out, name, image);
    return reference(name, image);
}

void writeArt(QTextStream &out, const QString &name, int scale)
{
    const int title = titlePixels * scale;
    const QFontMetrics metrics(fontOf(title));
    int digitWidth = 0;
    for (int digit = 0; digit < 10; ++digit) {
        digitWidth = std::max(digitWidth, metrics.horizontalAdvance(QString::number(digit)));
    }
    out << "namespace {\n";
    const QString before = writeImage(
        out, name + QStringLiteral("Before"), drawn(QStringLiteral("题目暂时无法显示，桌面将在 "), title));
    const QString after
        = writeImage(out, name + QStringLiteral("After"), drawn(QStringLiteral(" 秒后打开"), title));
    const QString note = writeImage(out, name + QStringLiteral("Note"),
        drawn(QStringLiteral("已记录本次情况，无需联系信息部门"), notePixels * scale));
    QStringList digits;
    for (int digit = 0; digit < 10; ++digit) {
        digits << writeImage(out, name + QStringLiteral("Digit%1").arg(digit),
            drawn(QString::number(digit), title, digitWidth));
    }
    out << "}\n";
    out << "const NoticeArt " << name << "{" << before << ", {{" << digits.join(QStringLiteral(", "))
        << "}}, " << after << ", " << note << "};\n";
}

} // namespace

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 2) {
        qCritical("usage: qf_render_notice FILE");
        return 2;
    }
    if (!QFontDatabase::families().contains(QStringLiteral("Noto Sans CJK SC"))) {
        qCritical("the font Noto Sans CJK SC is needed to build the gate (package fonts-noto-cjk)");
        return 1;
    }
    QFile file(arguments.at(1));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        qCritical("cannot write %s", qPrintable(file.fileName()));
        return 1;
    }
    QTextStream out(&file);
    out << "#include \"app/gate/holder/notice_art.h\"\n\nnamespace qingfeng::gate {\n";
    writeArt(out, QStringLiteral("noticeArt"), 1);
    writeArt(out, QStringLiteral("noticeArtLarge"), 2);
    out << "} // namespace qingfeng::gate\n";
    return 0;
}
