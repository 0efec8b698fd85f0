// Takes the built-in questions from the starter bank, and draws every character that the holder may have to
// write, into two C++ files, when the gate is built: the gate itself reads no bank and knows no fonts.
#include "app/gate/holder/page_texts.h"

#include "quiz/grading/grade.h"

#include "question_bank/formats/bank_sources.h"

#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QMap>
#include <QPainter>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace {

using namespace qingfeng;

constexpr int pixels = 48; // fine enough for the largest text on a 4K monitor
constexpr qsizetype leastQuestions = 20;
constexpr qsizetype mostQuestions = 24;
constexpr qsizetype mostStem = 60; // characters: two or three lines
constexpr qsizetype mostChoices = 4;

QString quoted(const QString &text)
{
    QString escaped = text;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

RiskGrade gradeOf(const QuestionBank &bank, const QuestionVersion &question)
{
    const RiskPoint *point = bank.riskPoint(question.riskPoints.value(0));
    return point ? point->grade : RiskGrade::Low;
}

/** Of the common post and for everybody, one right choice, no picture, short: the gravest first, then the
 * shortest. */
QList<const QuestionVersion *> chosenQuestions(const QuestionBank &bank)
{
    QList<const QuestionVersion *> chosen;
    for (const QuestionVersion &question : bank.questions()) {
        const bool simple = question.type == QuestionType::Single || question.type == QuestionType::TrueFalse;
        if (simple && bank.latest(question.id) == &question && question.id.startsWith(commonPost())
            && question.audience == Audience::All && question.picture->media.isEmpty()
            && question.stem.size() <= mostStem && question.choices.size() <= mostChoices) {
            chosen.append(&question);
        }
    }
    std::stable_sort(chosen.begin(), chosen.end(), [&bank](const auto *a, const auto *b) {
        return std::pair(gradeOf(bank, *a), a->stem.size()) < std::pair(gradeOf(bank, *b), b->stem.size());
    });
    return chosen.mid(0, mostQuestions);
}

QString choiceText(const QuestionVersion &question, const Choice &choice)
{
    if (question.type != QuestionType::TrueFalse) {
        return choice.text;
    }
    return choice.id == QLatin1String("true") ? QStringLiteral("正确") : QStringLiteral("错误");
}

QString questionSource(const QuestionBank &bank, const QuestionVersion &question)
{
    QStringList choices;
    for (const Choice &choice : question.choices) {
        choices.append(
            QStringLiteral("{%1, %2}").arg(quoted(choice.id), quoted(choiceText(question, choice))));
    }
    return QStringLiteral("    {%1, %2, %3,\n        %4,\n        {%5},\n        %6, %7,\n        %8,\n      "
                          "  %9,\n        ")
               .arg(quoted(question.id))
               .arg(question.version)
               .arg(question.type == QuestionType::TrueFalse ? QStringLiteral("true")
                                                             : QStringLiteral("false"),
                   quoted(question.stem), choices.join(QStringLiteral(", ")))
               .arg(question.choices.size())
               .arg(quoted(question.answer.first()), quoted(question.explanation.why()),
                   quoted(question.explanation.instead()))
        + QStringLiteral("%1,\n        %2, %3, %4},\n")
              .arg(quoted(bank.citation(question.articles.value(0))))
              .arg(bank.marking.fullMarks)
              .arg(std::lround(guessChance(question) * 1e6))
              .arg(rapidGuessLimitMs(question));
}

/** Every character that the questions and the page need, in order of its code. */
QList<char32_t> charactersOf(const QuestionBank &bank, const QList<const QuestionVersion *> &questions)
{
    QString text = QStringLiteral("✓✗●○正确错误");
    for (char16_t ascii = 0x20; ascii < 0x7f; ++ascii) {
        text += QChar(ascii);
    }
    for (const std::string_view part : gate::page_text::all) {
        text += QString::fromUtf8(part.data(), qsizetype(part.size()));
    }
    for (const QuestionVersion *question : questions) {
        text += question->stem + question->explanation.why() + question->explanation.instead()
            + bank.citation(question->articles.value(0));
        for (const Choice &choice : question->choices) {
            text += choice.text;
        }
    }
    QList<char32_t> codes;
    for (const uint code : text.toUcs4()) {
        codes.append(code);
    }
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

QRect inkOf(const QImage &image)
{
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.constScanLine(y)[x] >= 0x08) {
                ink |= QRect(x, y, 1, 1);
            }
        }
    }
    return ink;
}

QString glyphSource(const QFont &font, char32_t code)
{
    constexpr int margin = pixels / 2; // what some letters have left of the pen
    const QFontMetrics metrics(font);
    const QString text = QString::fromUcs4(&code, 1);
    const int advance = metrics.horizontalAdvance(text);
    QImage image(advance + 2 * margin, metrics.height(), QImage::Format_Grayscale8);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(QPoint(margin, metrics.ascent()), text);
    painter.end();
    const QRect ink = inkOf(image);
    QString values;
    for (int y = ink.top(); y <= ink.bottom(); ++y) {
        for (int x = ink.left(); x <= ink.right(); x += 2) {
            const int left = image.constScanLine(y)[x] >> 4;
            const int right = x < ink.right() ? image.constScanLine(y)[x + 1] >> 4 : 0;
            values += QStringLiteral("\\%1").arg(left << 4 | right, 3, 8, QLatin1Char('0'));
        }
    }
    return QStringLiteral("    {0x%1, %2, %3, %4, %5, %6, \"%7\"},\n")
        .arg(uint(code), 0, 16)
        .arg(advance)
        .arg(ink.isEmpty() ? 0 : ink.left() - margin)
        .arg(ink.isEmpty() ? 0 : ink.top())
        .arg(ink.width())
        .arg(ink.height())
        .arg(values);
}

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size()) {
        return true;
    }
    qCritical("cannot write %s", qPrintable(path));
    return false;
}

QString questionsFile(const QuestionBank &bank, const QList<const QuestionVersion *> &questions)
{
    QString body;
    for (const QuestionVersion *question : questions) {
        body += questionSource(bank, *question);
    }
    return QStringLiteral("#include \"app/gate/core/built_in.h\"\n\nnamespace qingfeng::gate {\n"
                          "const BuiltInQuestion builtInQuestions[] = {\n%1};\n"
                          "const std::size_t builtInQuestionCount = %2;\n"
                          "const std::int64_t builtInBankRevision = %3;\n"
                          "const char *const builtInPost = %4;\n} // namespace qingfeng::gate\n")
        .arg(body)
        .arg(questions.size())
        .arg(bank.revision)
        .arg(quoted(commonPost()));
}

QString glyphsFile(const QList<char32_t> &codes)
{
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPixelSize(pixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    QString body;
    for (const char32_t code : codes) {
        body += glyphSource(font, code);
    }
    return QStringLiteral(
        "#include \"app/gate/holder/glyph_art.h\"\n\nnamespace qingfeng::gate {\n"
        "const Glyph glyphs[] = {\n%1};\nconst std::size_t glyphCount = %2;\n"
        "const int glyphPixels = %3;\nconst int glyphLine = %4;\n} // namespace qingfeng::gate\n")
        .arg(body)
        .arg(codes.size())
        .arg(pixels)
        .arg(QFontMetrics(font).height());
}

} // namespace

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() != 4) {
        qCritical("usage: qf_render_questions BANK QUESTIONS.cpp GLYPHS.cpp");
        return 2;
    }
    if (!QFontDatabase::families().contains(QStringLiteral("Noto Sans CJK SC"))) {
        qCritical("the font Noto Sans CJK SC is needed to build the gate (package fonts-noto-cjk)");
        return 1;
    }
    const auto bank = readBankSources(arguments.at(1));
    if (!bank) {
        qCritical("%s", qPrintable(bank.error().toString()));
        return 1;
    }
    const QList<const QuestionVersion *> questions = chosenQuestions(*bank);
    if (questions.size() < leastQuestions) {
        qCritical("only %d questions of the bank are fit to be built into the gate", int(questions.size()));
        return 1;
    }
    return write(arguments.at(2), questionsFile(*bank, questions))
            && write(arguments.at(3), glyphsFile(charactersOf(*bank, questions)))
        ? 0
        : 1;
}
