#include "app/widgets/language.h"
#include "app/widgets/theme.h"
#include "app/workstation/core/bank_loader.h"
#include "app/workstation/core/data_folder.h"
#include "app/workstation/core/gate_records.h"
#include "app/workstation/core/learner.h"
#include "app/workstation/debug_info.h"
#include "app/workstation/gate_session.h"
#include "app/workstation/options.h"
#include "app/workstation/single_instance.h"
#include "app/workstation/tray_session.h"
#include "app/workstation/windows/preferences.h"

#include "quiz/store/learning_store.h"
#include "quiz/sync/device_config.h"

#include <QApplication>
#include <QFontDatabase>
#include <QSettings>
#include <QTimer>

#include <cstdio>

using namespace qingfeng;

namespace {

QString builtInBank()
{
    return QStringLiteral(":/bank/starter.qfbank");
}

QList<QByteArray> trustedBankKeys(const DataFolder &folder)
{
    const auto device = loadDevice(folder.path());
    return device ? device->config.bankKeys : QList<QByteArray>();
}

/** The administrator's rules, with an event about what is wrong with them. */
GateRules rulesFor(const Options &options, const QString &person, LearningStore &store, Random &random)
{
    LoadedRules loaded
        = loadGateRules(options.configFolder.isEmpty() ? systemConfigFolder() : options.configFolder, random);
    noteFaults(loaded, person, store);
    return std::move(loaded.rules);
}

/** Exit status 0 only when it is certain that nothing is to be shown now: any fault is the gate's to handle. */
int sayWhetherDue(const Options &options, const DataFolder &folder)
{
    SystemClock clock;
    SystemRandom random;
    auto store = LearningStore::open(folder.database(), clock, random);
    if (!store) {
        return 1;
    }
    const LoadedBank loaded = loadBank(BankFolder(folder.bank(), trustedBankKeys(folder)), builtInBank());
    Learner learner(**store, loaded.bank, clock, random, currentOsAccount());
    learner.setRules(rulesFor(options, learner.identity().person.number, **store, random));
    (void)takeGateRecords(learner, folder); // what cannot be taken over now stays for the tray program
    const auto seen = learner.look(options.moment);
    const bool nothing = seen && seen->decision.demand == Demand::Nothing && learner.decide(options.moment);
    return nothing ? 0 : 1;
}

int runAtGate(QApplication &application, const Options &options, const DataFolder &folder, Preferences &preferences)
{
    // The line to the gate comes first: it is answered even while the rest cannot be opened.
    GateLink link(options.gateFd);
    if (QFontDatabase::families(QFontDatabase::SimplifiedChinese).isEmpty()) {
        link.sendUnable(QStringLiteral("no-chinese-font")); // rows of boxes are no question
        return GateFault;
    }
    SystemClock clock;
    SystemRandom random;
    auto store = LearningStore::openOrReplace(folder.database(), clock, random);
    const bool isOwn = bool(store);
    if (!store) {
        // A full disk, a read-only home, a newer version's store: a question all the same, and no delay.
        link.sendEvent(QStringLiteral("store-unavailable"), errorName(store.error().code()));
        store = LearningStore::openOrReplace(DataFolder::standIn(), clock, random);
    }
    if (!store) {
        link.sendUnable(QStringLiteral("store-unavailable"));
        return GateFault;
    }
    if (!(*store)->putAside().isEmpty()) {
        link.sendEvent(QStringLiteral("store-put-aside"), (*store)->putAside());
    }
    const LoadedBank loaded = loadBank(BankFolder(folder.bank(), trustedBankKeys(folder)), builtInBank());
    if (loaded.packageError) {
        link.sendEvent(QStringLiteral("bank-unusable"), errorName(loaded.packageError->code()));
    }
    Theme theme(application);
    preferences.keep(theme);
    Learner learner(**store, loaded.bank, clock, random, currentOsAccount());
    learner.setRules(rulesFor(options, learner.identity().person.number, **store, random));
    if (isOwn) { // answered without this program, maybe a minute ago: it is not asked again
        (void)takeBuiltInAttempts(learner, folder);
    }
    GateSession session(link, learner, **store, clock, theme, options.moment);
    QObject::connect(&session, &GateSession::finished, &application, [](int status) { QCoreApplication::exit(status); });
    return QApplication::exec();
}

int runResident(QApplication &application, const Options &options, const DataFolder &folder,
    Preferences &preferences, Language &language)
{
    SingleInstance instance(folder.path());
    if (!instance.claim()) {
        if (options.background || instance.handOver(requestFor(options.place))) {
            return 0;
        }
        std::fputs("清风正在运行，但没有应答。\n", stderr);
        return 1;
    }
    SystemClock clock;
    SystemRandom random;
    auto store = LearningStore::openOrReplace(folder.database(), clock, random);
    if (!store) {
        std::fprintf(stderr, "无法打开学习数据，原文件未作改动：%s\n", qPrintable(store.error().toString()));
        return 1;
    }
    const LoadedBank loaded = loadBank(BankFolder(folder.bank(), trustedBankKeys(folder)), builtInBank());
    Theme theme(application);
    preferences.keep(theme);
    Learner learner(**store, loaded.bank, clock, random, currentOsAccount());
    if (loaded.packageError) {
        const auto noted = (*store)->addEvent(learner.identity().person.number, QStringLiteral("bank-unusable"),
            errorName(loaded.packageError->code()));
        if (!noted) {
            std::fprintf(stderr, "%s\n", qPrintable(noted.error().toString()));
        }
    }
    const auto readRules = [&options, &learner, &store, &random] {
        learner.setRules(rulesFor(options, learner.identity().person.number, **store, random));
    };
    readRules();
    TraySession session({folder, options.configFolder, readRules, learner, **store, clock, random, theme, preferences, language});
    QObject::connect(&instance, &SingleInstance::requested, &session,
        [&session](const QString &request) { session.show(placeFor(request)); });
    session.start(options);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        arguments.append(QString::fromLocal8Bit(argv[i]));
    }
    const Options options = parseOptions(arguments); // before there is a display, for --help needs none
    if (options.due) {
        const QCoreApplication application(argc, argv);
        return sayWhetherDue(options, DataFolder(options.dataPath));
    }
    if (options.safe) {
        QCoreApplication::setAttribute(Qt::AA_UseSoftwareOpenGL);
    }
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qingfeng"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QF_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("qingfeng"));
    QGuiApplication::setQuitOnLastWindowClosed(false);

    const DataFolder folder(options.dataPath);
    QSettings settings(folder.path() + QStringLiteral("/settings.ini"), QSettings::IniFormat);
    Preferences preferences(settings);
    Language language(application);
    language.use(options.language.isEmpty() ? preferences.language() : options.language);
    if (options.debugInfo) {
        const LoadedBank loaded = loadBank(BankFolder(folder.bank(), trustedBankKeys(folder)), builtInBank());
        std::fputs(debugInfo(folder, *loaded.bank).toUtf8().constData(), stdout);
        return 0;
    }
    return options.gateFd >= 0 ? runAtGate(application, options, folder, preferences)
                               : runResident(application, options, folder, preferences, language);
}
