// Preloaded into a program under test: kill -9 before the n-th call that changes the file system, n from
// QF_KILL_AT.
#include <csignal>
#include <cstdlib>

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

void countDown()
{
    static long left = std::getenv("QF_KILL_AT") != nullptr ? std::atol(std::getenv("QF_KILL_AT")) : 0;
    if (left > 0 && --left == 0) {
        ::kill(::getpid(), SIGKILL);
    }
}

template <typename Call> Call next(const char *name)
{
    return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

int rename(const char *from, const char *to)
{
    countDown();
    return next<int (*)(const char *, const char *)>("rename")(from, to);
}

int remove(const char *path)
{
    countDown();
    return next<int (*)(const char *)>("remove")(path);
}

int unlink(const char *path) noexcept
{
    countDown();
    return next<int (*)(const char *)>("unlink")(path);
}

int rmdir(const char *path) noexcept
{
    countDown();
    return next<int (*)(const char *)>("rmdir")(path);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    countDown();
    return next<int (*)(const char *, mode_t)>("mkdir")(path, mode);
}

int symlink(const char *target, const char *path) noexcept
{
    countDown();
    return next<int (*)(const char *, const char *)>("symlink")(target, path);
}

int fsync(int fd)
{
    countDown();
    return next<int (*)(int)>("fsync")(fd);
}

int fchmod(int fd, mode_t mode) noexcept
{
    countDown();
    return next<int (*)(int, mode_t)>("fchmod")(fd, mode);
}

int chmod(const char *path, mode_t mode) noexcept
{
    countDown();
    return next<int (*)(const char *, mode_t)>("chmod")(path, mode);
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    if (fd > 2) {
        countDown();
    }
    return next<ssize_t (*)(int, const void *, size_t)>("write")(fd, bytes, count);
}

} // extern "C"
