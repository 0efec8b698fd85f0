#include "tests/e2e/gate/x_server.h"

#include <QElapsedTimer>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <chrono>

namespace {

constexpr int gridStep = 16;

quint32 headerField(const uchar *data, int index)
{
    return qFromBigEndian<quint32>(data + 4 * index);
}

} // namespace

XServer::XServer(const QStringList &moreArguments)
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(QStringLiteral("Xvfb"),
        QStringList{QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
            QStringLiteral("0"), QStringLiteral("1280x800x24"), QStringLiteral("-fbdir"), m_folder.path(),
            QStringLiteral("-nolisten"), QStringLiteral("tcp"), QStringLiteral("-noreset"),
            QStringLiteral("-nocursor")}
            + moreArguments);
    QByteArray number;
    QElapsedTimer timer;
    timer.start();
    while (!number.endsWith('\n') && timer.elapsed() < 10000 && m_process.waitForReadyRead(10000)) {
        number += m_process.readAllStandardOutput();
    }
    if (number.endsWith('\n')) {
        m_display = QLatin1Char(':') + QString::fromLatin1(number.trimmed());
        map();
    }
}

XServer::~XServer()
{
    m_process.terminate();
    if (!m_process.waitForFinished(3000)) {
        m_process.kill();
        m_process.waitForFinished(3000);
    }
}

bool XServer::map()
{
    m_frameBuffer.setFileName(m_folder.filePath(QStringLiteral("Xvfb_screen0")));
    if (!m_frameBuffer.open(QIODevice::ReadOnly)) {
        return false;
    }
    const uchar *data = m_frameBuffer.map(0, m_frameBuffer.size());
    if (data == nullptr) {
        return false;
    }
    m_width = int(headerField(data, 4));
    m_height = int(headerField(data, 5));
    m_bytesPerLine = int(headerField(data, 12));
    const quint32 colours = headerField(data, 19);
    m_pixels = data + headerField(data, 0) + colours * 12;
    return true;
}

std::uint32_t XServer::pixel(int x, int y) const
{
    const auto *at = reinterpret_cast<const volatile std::uint32_t *>(
        m_pixels + qptrdiff(y) * m_bytesPerLine + qptrdiff(x) * 4);
    return *at & 0xffffff;
}

std::vector<std::uint32_t> XServer::look(int width, int height) const
{
    std::vector<std::uint32_t> points;
    for (int y = gridStep / 2; y < height; y += gridStep) {
        for (int x = gridStep / 2; x < width; x += gridStep) {
            points.push_back(pixel(x, y));
        }
    }
    // The edges too: that is where a cover that is too small shows.
    for (int x = 0; x < width; x += gridStep) {
        points.push_back(pixel(x, height - 1));
    }
    for (int y = 0; y < height; y += gridStep) {
        points.push_back(pixel(width - 1, y));
    }
    return points;
}

bool XServer::savePicture(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return false;
    }
    file.write(
        QByteArray("P6\n") + QByteArray::number(m_width) + ' ' + QByteArray::number(m_height) + "\n255\n");
    QByteArray row;
    for (int y = 0; y < m_height; ++y) {
        row.clear();
        for (int x = 0; x < m_width; ++x) {
            const std::uint32_t colour = pixel(x, y);
            row += char(colour >> 16);
            row += char(colour >> 8);
            row += char(colour);
        }
        file.write(row);
    }
    return true;
}

Lookout::Lookout(const XServer &server, std::vector<std::uint32_t> forbidden)
    : m_thread([this, &server, forbidden = std::move(forbidden)] {
        while (!m_stop) {
            const auto points = server.look();
            const bool seen = std::ranges::any_of(points, [&](std::uint32_t colour) {
                return std::ranges::find(forbidden, colour) != forbidden.end();
            });
            ++m_looks;
            m_sightings += seen ? 1 : 0;
            std::this_thread::sleep_for(std::chrono::microseconds(100)); // leaves the processor to the others
        }
    })
{
}

Lookout::~Lookout()
{
    stop();
}

void Lookout::stop()
{
    m_stop = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
}
