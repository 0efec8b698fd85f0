#pragma once

#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

/** A private Xvfb on a free display whose frame buffer is mapped into this process: looking makes no X
 * traffic. */
class XServer
{
public:
    explicit XServer(const QStringList &moreArguments = {});
    ~XServer();
    bool isRunning() const { return m_pixels != nullptr; }
    QString display() const { return m_display; }
    int width() const { return m_width; }
    int height() const { return m_height; }
    std::uint32_t pixel(int x, int y) const;
    /** The colours of a grid of points, every 16 pixels, within the given size. */
    std::vector<std::uint32_t> look(int width, int height) const;
    std::vector<std::uint32_t> look() const { return look(m_width, m_height); }
    bool savePicture(const QString &path) const;

private:
    bool map();

    QTemporaryDir m_folder;
    QProcess m_process;
    QFile m_frameBuffer;
    QString m_display;
    const uchar *m_pixels = nullptr;
    int m_width = 0;
    int m_height = 0;
    int m_bytesPerLine = 0;
};

/** Looks at the screen about two thousand times a second, in a thread, for points of a colour that must not
 * be seen. */
class Lookout
{
public:
    Lookout(const XServer &server, std::vector<std::uint32_t> forbidden);
    ~Lookout();
    /** Ends the watch. How many looks there were, and how many saw something. */
    void stop();
    int looks() const { return m_looks; }
    int sightings() const { return m_sightings; }

private:
    std::atomic<bool> m_stop = false;
    std::atomic<int> m_looks = 0;
    std::atomic<int> m_sightings = 0;
    std::thread m_thread;
};
