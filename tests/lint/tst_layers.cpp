#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

/**
 * The arrows of docs/architecture.md: a file includes its own folder and folders of a lower rank, never one
 * beside or above it; and what only one room may use is used in no other.
 */
class TestLayers : public QObject
{
    Q_OBJECT

    struct Layer
    {
        const char *folder;
        int rank;
    };

    /** Longest match wins, so that a room inside another may have a rank of its own. */
    static constexpr Layer layers[] = {
        {"question_bank/base/", 0},
        {"question_bank/model/", 1},
        {"question_bank/check/", 2},
        {"question_bank/formats/", 2},
        {"question_bank/package/", 2},
        {"quiz/obligation/", 3},
        {"quiz/people/", 2},
        {"quiz/memory/", 3},
        {"quiz/feedback/", 3},
        {"quiz/archive/", 4},
        {"quiz/grading/", 5},
        {"quiz/selection/", 5},
        {"quiz/study/", 5},
        {"quiz/protocol/", 6},
        {"quiz/store/", 6},
        {"quiz/simulation/", 6},
        {"quiz/report/", 7},
        {"quiz/sync/", 7},
        {"quiz/net/", 8},
        {"app/gate/", 9}, // and see theGateKnowsNothingElse
        {"app/load/", 9},
        {"app/widgets/", 9},
        {"app/report/", 10},
        {"app/server/event_store/", 9},
        {"app/server/accounts/", 10},
        {"app/server/service/", 11},
        {"app/server/http/", 12},
        {"app/server/", 13},
        {"app/workstation/core/", 9},
        {"app/workstation/gate/", 9},
        {"app/workstation/pages/", 11},
        {"app/workstation/tray/", 11},
        {"app/workstation/windows/", 12},
        {"app/workstation/", 13},
        {"app/ctl/", 14},
    };

    static const Layer *layerOf(const QString &path)
    {
        const Layer *best = nullptr;
        for (const Layer &layer : layers) {
            if (path.startsWith(QLatin1String(layer.folder))
                && (!best || qstrlen(layer.folder) > qstrlen(best->folder))) {
                best = &layer;
            }
        }
        return best;
    }

    struct Include
    {
        QString file; ///< relative to the root
        QString target;
        bool own = false; ///< in quotes
    };
    QList<Include> m_includes;
    QSet<QString> m_files;

    /** Includes matching @p pattern that stand outside every one of @p rooms. */
    QStringList outside(const char *pattern, const QStringList &rooms) const
    {
        const QRegularExpression expression(QString::fromLatin1(pattern));
        QStringList found;
        for (const Include &include : m_includes) {
            const bool inside = std::any_of(rooms.cbegin(), rooms.cend(),
                [&](const QString &room) { return include.file.startsWith(room); });
            if (!inside && expression.match(include.target).hasMatch()) {
                found.append(include.file + QStringLiteral(" includes ") + include.target);
            }
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir root(QStringLiteral(QF_SOURCE_DIR));
        static const QRegularExpression line(
            QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"), QRegularExpression::MultilineOption);
        for (const QString &top : {QStringLiteral("question_bank"), QStringLiteral("quiz"), QStringLiteral("app")}) {
            QDirIterator files(root.filePath(top), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString name = root.relativeFilePath(file.fileName());
                m_files.insert(name);
                auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
                while (matches.hasNext()) {
                    const auto match = matches.next();
                    m_includes.append({name, match.captured(2), match.captured(1) == QLatin1String("\"")});
                }
            }
        }
        QVERIFY(m_files.size() > 50);
    }

    void everyFileHasARoom()
    {
        for (const QString &file : std::as_const(m_files)) {
            QVERIFY2(layerOf(file), qPrintable(file));
        }
    }

    void arrowsGoDownOnly()
    {
        QStringList wrong;
        for (const Include &include : std::as_const(m_includes)) {
            const Layer *to = include.own ? layerOf(include.target) : nullptr;
            const Layer *from = layerOf(include.file);
            if (to && from != to && to->rank >= from->rank) {
                wrong.append(include.file + QStringLiteral(" includes ") + include.target);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void ownHeadersAreNamedFromTheRoot()
    {
        QStringList wrong;
        for (const Include &include : std::as_const(m_includes)) {
            const bool generated = include.target.endsWith(QStringLiteral(".moc"))
                || !include.target.contains(QLatin1Char('/'));
            if (include.own && !generated && !m_files.contains(include.target)) {
                wrong.append(include.file + QStringLiteral(" includes ") + include.target);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void whatOnlyOneRoomUses_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QStringList>("rooms");
        const auto row = [](const char *name, const char *pattern, const QStringList &rooms) {
            QTest::newRow(name) << QByteArray(pattern) << rooms;
        };
        row("Qt Network is used by quiz/net alone", "^(QtNetwork|QNetwork|QSsl|QTcp|QUdp|QHost)",
            {QStringLiteral("quiz/net/")});
        row("Beast and Asio are used by the server's front and its load test alone", "^boost/(beast|asio)",
            {QStringLiteral("app/server/http/"), QStringLiteral("app/load/")});
        row("SQLite is used by the stores alone", "^(SQLiteCpp|sqlite3)",
            {QStringLiteral("quiz/store/"), QStringLiteral("app/server/event_store/")});
        row("a screen is known to the workstation and to printed pages alone",
            "^(QtWidgets|QtGui|QWidget|QApplication|QGuiApplication|QPainter|QPixmap|QImage|QIcon|QColor|QFont|"
            "QPalette|QStyle|QWindow|QScreen|QLabel|QPushButton)",
            {QStringLiteral("app/widgets/"), QStringLiteral("app/workstation/"), QStringLiteral("app/report/"),
                QStringLiteral("app/gate/tools/")});
        row("PDF files are taken apart by the reports alone", "^(qpdf/|poppler)", {QStringLiteral("app/report/")});
        row("xcb is used by the gate alone", "^xcb/",
            {QStringLiteral("app/gate/"), QStringLiteral("app/workstation/gate/x11/")});
    }

    void whatOnlyOneRoomUses()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QStringList, rooms);
        const QStringList wrong = outside(pattern.constData(), rooms);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void theGateKnowsNothingElse()
    {
        QStringList wrong;
        for (const Include &include : std::as_const(m_includes)) {
            // The tools run at build time; the program itself links no Qt and nothing of ours.
            if (!include.file.startsWith(QStringLiteral("app/gate/"))
                || include.file.startsWith(QStringLiteral("app/gate/tools/"))) {
                continue;
            }
            const bool ours = include.own && include.target.contains(QLatin1Char('/'))
                && !include.target.startsWith(QStringLiteral("app/gate/"));
            if (ours || (include.target.startsWith(QLatin1Char('Q')) && !include.own)) {
                wrong.append(include.file + QStringLiteral(" includes ") + include.target);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
