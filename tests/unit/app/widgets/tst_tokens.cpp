#include "app/widgets/style_sheet.h"

#include <cmath>

#include <QTest>

using namespace qingfeng;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textReachesItsContrast_data()
    {
        QTest::addColumn<Scheme>("scheme");
        QTest::addColumn<double>("least");
        QTest::newRow("light") << Scheme::Light << 4.5;
        QTest::newRow("dark") << Scheme::Dark << 4.5;
        QTest::newRow("high contrast") << Scheme::HighContrast << 7.0;
    }

    void textReachesItsContrast()
    {
        QFETCH(Scheme, scheme);
        QFETCH(double, least);
        const Colours c = coloursOf(scheme);
        for (const QColor &ink : {c.ink, c.secondary, c.accent, c.high, c.medium, c.low, c.right}) {
            QVERIFY2(contrast(ink, c.background) >= least, qPrintable(ink.name()));
            QVERIFY2(contrast(ink, c.surface) >= least, qPrintable(ink.name()));
        }
        QVERIFY(contrast(c.onAccent, c.accent) >= least);
        for (const auto &[ink, soft] : {std::pair{c.ink, c.accentSoft}, {c.high, c.highSoft},
                 {c.right, c.rightSoft}, {c.accent, c.accentSoft}}) {
            QVERIFY2(contrast(ink, soft) >= 4.5, qPrintable(ink.name() + soft.name()));
        }
    }

    void theSheetKnowsEveryTokenItNames()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark, Scheme::HighContrast}) {
            const QString sheet = styleSheet(coloursOf(scheme), 1.3);
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            QVERIFY(sheet.contains(coloursOf(scheme).accent.name()));
        }
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
