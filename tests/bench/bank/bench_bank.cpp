#include "question_bank/check/check.h"
#include "question_bank/formats/bank_sources.h"
#include "question_bank/package/bank_folder.h"
#include "question_bank/package/delta.h"

#include <cstdio>
#include <ctime>
#include <cstdlib>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

using namespace qingfeng;

/**
 * How a large bank behaves: opening a package beside a plain read of the same bytes, the questions of one
 * post, memory, a check, and a delta of one changed question. Each step runs in a process of its own, so that
 * the memory printed is its own. The large bank is the starter bank over and over, with every text made
 * another text of the same length.
 */
namespace {

/** Value in MB of a line of /proc/self/status; 0 where there is none. */
double statusMb(const char *key)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key)) {
            return line.mid(qsizetype(qstrlen(key)) + 1).trimmed().split(' ').first().toDouble() / 1024;
        }
    }
    return 0;
}

/** Another text of the same length: ideographs moved by @p round, everything else as it is. */
QString disguised(QString text, int round)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const ushort c = text.at(i).unicode();
        if (c >= 0x4e00 && c < 0x9fa0) {
            text[i]
                = QChar(ushort(0x4e00 + (c - 0x4e00 + uint(round) * 37 + uint(i) * uint(round)) % 0x51a0));
        }
    }
    return text;
}

void disguise(QuestionItem &item, int round)
{
    item.stem = disguised(item.stem, round);
    if (item.type == QuestionType::TrueFalse) {
        return;
    }
    for (QList<Choice> *list : {&item.choices, &item.targets}) {
        for (Choice &choice : *list) {
            choice.text = disguised(choice.text, round);
        }
    }
}

QuestionBank largeBank(int count)
{
    const QuestionBank starter = *readBankSources(QStringLiteral(QF_BANK_SOURCES));
    QuestionBank bank = starter;
    for (int round = 1; bank.questions().size() < count; ++round) {
        for (const QuestionVersion &source : starter.questions()) {
            if (bank.questions().size() >= count) {
                break;
            }
            QuestionVersion question = source;
            question.id += QStringLiteral("-%1").arg(round, 4, 10, QLatin1Char('0'));
            disguise(question, round);
            for (QuestionPart &part : question.parts) {
                disguise(part, round);
            }
            Explanation &explanation = question.explanation;
            explanation = {disguised(explanation.act(), round), disguised(explanation.why(), round),
                disguised(explanation.consequence(), round), disguised(explanation.instead(), round)};
            (void)bank.add(std::move(question));
        }
    }
    return bank;
}

/** CPU time of this process so far in ms: a busy machine does not change it. */
double cpuMs()
{
    return double(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

int make(int count, const QString &folder)
{
    double start = cpuMs();
    QuestionBank bank = largeBank(count);
    const double generated = (cpuMs() - start) / 1000;
    start = cpuMs();
    const QByteArray secret(32, '\1');
    const auto package = buildPackage(bank, secret);
    if (!package) {
        std::fprintf(stderr, "%s\n", qPrintable(package.error().toString()));
        return 1;
    }
    std::printf("make    %d questions in %.1f s of CPU, packed and signed in %.1f s: %.1f MB\n", count, generated,
        (cpuMs() - start) / 1000, double(package->size()) / 1e6);
    QuestionVersion question = bank.questions().last();
    question.explanation.setPart(Explanation::Instead, question.explanation.instead() + QStringLiteral("如实登记。"));
    (void)bank.add(question);
    ++bank.revision;
    const auto next = buildPackage(bank, secret);
    start = cpuMs();
    const auto delta = makeDelta(*package, *next);
    const double made = (cpuMs() - start) / 1000;
    start = cpuMs();
    const auto patched = applyDelta(*package, *delta);
    std::printf("delta   one changed question: %lld bytes, made in %.1f s, applied in %.1f s\n",
        qlonglong(delta->size()), made, (cpuMs() - start) / 1000);
    const auto same = inspectPackage(*patched);
    if (!same || same->manifestHash != inspectPackage(*next)->manifestHash) {
        return 1;
    }
    return writeFileAtomically(folder + QStringLiteral("/large.qfbank"), *package) ? 0 : 1;
}

int open(const QString &path)
{
    const double before = statusMb("VmRSS:");
    double start = cpuMs();
    auto bytes = readFile(path, maxPackageBytes);
    const double read = cpuMs() - start;
    start = cpuMs();
    const auto package = bytes ? readPackage(*bytes) : bytes.error();
    const double opened = cpuMs() - start;
    if (!package) {
        std::fprintf(stderr, "%s\n", qPrintable(package.error().toString()));
        return 1;
    }
    const double packedMb = double(bytes->size()) / 1e6;
    *bytes = QByteArray(); // whoever opens a bank has no use for the packed bytes
    QElapsedTimer timer;
    timer.start();
    const auto found = package->bank.questionsOfPost(QStringLiteral("P05"));
    const double first = double(timer.nsecsElapsed()) / 1e6;
    std::printf("open    %lld questions in %.0f ms of CPU; a plain read of the same %.1f MB: %.1f ms (×%.0f)\n",
        qlonglong(package->bank.questions().size()), opened, packedMb, read, opened / read);
    std::printf("post    which concern P05? %lld, in %.2f ms\n", qlonglong(found.size()), first);
    std::printf("memory  %.0f MB for the bank, %.0f MB for the process, %.0f MB at the peak with the packed bytes\n",
        statusMb("VmRSS:") - before, statusMb("VmRSS:"), statusMb("VmHWM:"));
    return 0;
}

int check(const QString &path)
{
    const auto package = readPackage(*readFile(path, maxPackageBytes));
    const double start = cpuMs();
    const CheckReport report = reportOn(package->bank);
    std::printf("check   %lld questions in %.1f s of CPU: %lld errors, %lld warnings\n",
        qlonglong(package->bank.questions().size()), (cpuMs() - start) / 1000, qlonglong(report.errors()),
        qlonglong(report.warnings()));
    return 0;
}

int runSelf(const QStringList &arguments)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(), arguments);
    return child.waitForFinished(-1) && child.exitStatus() == QProcess::NormalExit ? child.exitCode() : 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("make")) {
        return make(arguments.value(2).toInt(), arguments.value(3));
    }
    if (arguments.value(1) == QLatin1String("open")) {
        return open(arguments.value(2));
    }
    if (arguments.value(1) == QLatin1String("check")) {
        return check(arguments.value(2));
    }
    QTemporaryDir dir;
    const QString count = arguments.value(1, QStringLiteral("100000"));
    const QString package = dir.filePath(QStringLiteral("large.qfbank"));
    const int made = runSelf({QStringLiteral("make"), count, dir.path()});
    return made != 0
        ? made
        : runSelf({QStringLiteral("open"), package}) + runSelf({QStringLiteral("check"), package});
}
