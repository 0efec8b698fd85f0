#include "app/ctl/commands.h"
#include "app/ctl/output.h"

#include "app/gate/core/attempt_log.h"
#include "app/gate/core/clocks.h"
#include "app/gate/core/unlock.h"

#include "question_bank/base/file.h"

#include <sodium.h>

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace qingfeng::ctl {
namespace {

struct UnlockOptions
{
    std::string key;
    std::string file;
    std::string device;
    std::string challenge;
    std::string out;
    int days = 0;
};

constexpr qint64 maxKeyBytes = 256;
constexpr qint64 maxCodesBytes = 256 * 1024;

std::int64_t today()
{
    return gate::dayNumber(gate::wallClockMs(), gate::utcOffsetSeconds());
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/** The bureau's key; one that others may read is not used. */
Result<gate::UnlockKey> readKey(const std::string &path)
{
    const QString name = text(path);
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    if ((QFile::permissions(name) & others) != 0) {
        return Error(ErrorCode::NotPermitted,
            QStringLiteral("密钥文件别人也能读写；请先 chmod 600，若可能已被看到，请换一把新的"), name);
    }
    const auto bytes = readFile(name, maxKeyBytes);
    if (!bytes) {
        return bytes.error();
    }
    const QByteArray secret = QByteArray::fromHex(bytes->trimmed());
    gate::UnlockKey key{};
    if (std::size_t(secret.size()) != key.size() || secret.toHex() != bytes->trimmed()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("不是解锁密钥文件"), name);
    }
    std::copy(secret.cbegin(), secret.cend(), key.begin());
    return key;
}

Result<void> writeWithMode(const QString &path, const QByteArray &bytes, QFile::Permissions mode)
{
    if (const auto written = writeFileAtomically(path, bytes); !written) {
        return written;
    }
    if (!QFile::setPermissions(path, mode)) {
        return Error(ErrorCode::Io, QStringLiteral("不能设置文件权限"), path);
    }
    return {};
}

int newKey(const Common &common, const UnlockOptions &options)
{
    const QString path = text(options.file);
    if (QFileInfo::exists(path)) {
        return fail(common,
            Error(ErrorCode::Conflict, QStringLiteral("文件已存在；换掉密钥会使各台电脑上的验证文件全部失效"),
                path));
    }
    gate::UnlockKey key{};
    randombytes_buf(key.data(), key.size());
    ::umask(0077);
    const QByteArray hex
        = QByteArray(reinterpret_cast<const char *>(key.data()), int(key.size())).toHex() + '\n';
    if (const auto written = writeWithMode(path, hex, QFile::ReadOwner | QFile::WriteOwner); !written) {
        return fail(common, written.error());
    }
    if (common.json) {
        print(QJsonObject{{QStringLiteral("key_file"), path}});
    } else {
        print(QStringLiteral(
            "已生成本局的解锁密钥 %1。谁有它，谁就能为任何一台电脑算出解锁码：请只由值守的管理员"
            "保管，不要放到各台电脑上。")
                  .arg(path));
    }
    return True;
}

int showDevice(const Common &common, const UnlockOptions &)
{
    const QString device = text(gate::ownUnlockDevice());
    if (common.json) {
        print(QJsonObject{{QStringLiteral("device"), device}});
    } else {
        print(device);
    }
    return True;
}

int issue(const Common &common, const UnlockOptions &options)
{
    const auto key = readKey(options.key);
    if (!key) {
        return fail(common, key.error());
    }
    const std::string device
        = options.device.empty() ? gate::ownUnlockDevice() : gate::plainLetters(options.device);
    if (device.size() != gate::unlockDeviceLength
        || device.find_first_not_of(gate::unlockLetters) != std::string::npos) {
        return fail(common,
            Error(ErrorCode::InvalidArgument, QStringLiteral("五个字母或数字，见 gate unlock-key device"),
                QStringLiteral("--device")));
    }
    const bool chats = !common.json && ::isatty(STDERR_FILENO) != 0;
    // From yesterday on, for a PC whose clock or day is behind.
    const auto file = gate::makeUnlockFile(*key, device, today() - 1, options.days, [&](int done) {
        if (chats && done % 10 == 0) {
            std::fprintf(stderr, "\r%d/%d", done, options.days);
        }
    });
    if (chats) {
        std::fputc('\n', stderr);
    }
    if (!file) {
        return fail(
            common, Error(ErrorCode::Unavailable, QStringLiteral("内存不足"), QStringLiteral("Argon2id")));
    }
    const QString path = text(options.out);
    const auto written = writeWithMode(path, QByteArray::fromStdString(gate::writeUnlockFile(*file)),
        QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    if (!written) {
        return fail(common, written.error());
    }
    const QString last = text(gate::dayText(file->firstDay + file->days() - 1));
    if (common.json) {
        print(QJsonObject{{QStringLiteral("device"), text(device)}, {QStringLiteral("until"), last},
            {QStringLiteral("file"), path}});
    } else {
        print(QStringLiteral(
            "已为 %1 写好到 %2 为止的验证文件 %3。放到那台电脑的 %4（root 所有，0644）即可生效；"
            "里面算不出解锁码。")
                  .arg(text(device), last, path, QLatin1String(gate::defaultUnlockFile)));
    }
    return True;
}

int install(const Common &common, const UnlockOptions &options)
{
    const QString from = text(options.file);
    const auto bytes = readFile(from, maxCodesBytes);
    if (!bytes) {
        return fail(common, bytes.error());
    }
    const auto file = gate::parseUnlockFile(bytes->toStdString());
    if (!file) {
        return fail(common, Error(ErrorCode::InvalidArgument, QStringLiteral("不是解锁码的验证文件"), from));
    }
    if (file->device != gate::ownUnlockDevice()) {
        return fail(common,
            Error(ErrorCode::InvalidArgument,
                QStringLiteral("这是 %1 的文件，本机是 %2")
                    .arg(text(file->device), text(gate::ownUnlockDevice())),
                from));
    }
    if (::geteuid() != 0) {
        return fail(common, Error(ErrorCode::NotPermitted, QStringLiteral("请用 root 运行")));
    }
    const QString path = text(options.out);
    ::umask(0022);
    const auto written = writeWithMode(
        path, *bytes, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    if (!written) {
        return fail(common, written.error());
    }
    const QString last = text(gate::dayText(file->firstDay + file->days() - 1));
    if (common.json) {
        print(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("until"), last}});
    } else {
        print(QStringLiteral("本机从下一次出题起可以用解锁码，到 %1 为止。").arg(last));
    }
    return True;
}

int makeCode(const Common &common, const UnlockOptions &options)
{
    const auto challenge = gate::parseChallenge(options.challenge, today());
    if (!challenge) {
        return fail(common,
            Error(ErrorCode::InvalidArgument, QStringLiteral("有一位读错或听错了，请再对一遍"),
                QStringLiteral("--challenge ") + text(options.challenge)));
    }
    const auto key = readKey(options.key);
    if (!key) {
        return fail(common, key.error());
    }
    const QString code = text(gate::grouped(gate::makeUnlockCode(*key, *challenge)));
    const QString day = text(gate::dayText(challenge->day));
    if (common.json) {
        print(QJsonObject{{QStringLiteral("code"), code}, {QStringLiteral("device"), text(challenge->device)},
            {QStringLiteral("day"), day}, {QStringLiteral("number"), challenge->number}});
    } else {
        print(code);
        print(QStringLiteral("只对 %1 这台电脑、%2 这一天、第 %3 个有效，用过即作废；那边会记录这次解锁。")
                  .arg(text(challenge->device), day)
                  .arg(challenge->number));
        if (challenge->day != today()) {
            print(QStringLiteral("注意：那台电脑的日期是 %1，与这里不同。").arg(day));
        }
    }
    return True;
}

} // namespace

void addUnlockCommands(CLI::App &app, const Common &common, Action &action)
{
    auto *gateGroup = app.get_subcommand("gate");
    const auto options = std::make_shared<UnlockOptions>();
    const auto add = [&common, &action, options](CLI::App *group, const char *name, const char *what,
                         int (*run)(const Common &, const UnlockOptions &)) {
        auto *command = group->add_subcommand(name, what);
        command->callback([&common, &action, options, run] {
            action = [&common, options, run] {
                return sodium_init() < 0
                    ? fail(common, Error(ErrorCode::Unavailable, QStringLiteral("no random source")))
                    : run(common, *options);
            };
        });
        return command;
    };
    auto *keys = gateGroup->add_subcommand("unlock-key", "解锁码的密钥与各台电脑的验证文件");
    keys->require_subcommand(1);
    add(keys, "new", "生成本局的解锁密钥，由值守的管理员保管", newKey)
        ->add_option("file", options->file, "写到哪里")
        ->required();
    add(keys, "device", "本机的短名，五个字母或数字", showDevice);
    auto *issued = add(keys, "issue", "由密钥写出一台电脑的验证文件；每天两个，约需 30 秒", issue);
    issued->add_option("--key", options->key, "本局的解锁密钥")->required();
    issued->add_option("--device", options->device, "那台电脑的短名；默认为本机");
    issued->add_option("--days", options->days, "从今天起多少天")
        ->default_val(gate::unlockMostDays - 1)
        ->check(CLI::Range(2, gate::unlockMostDays));
    issued->add_option("--out", options->out, "写到哪里")->required();
    auto *installed = add(keys, "install", "把验证文件装到本机（root）", install);
    installed->add_option("file", options->file, "验证文件")->required();
    installed->add_option("--to", options->out, "装到哪里")->default_val(gate::defaultUnlockFile);
    auto *code = add(gateGroup, "unlock-code", "由屏幕上的一串字符算出解锁码", makeCode);
    code->add_option("--challenge", options->challenge, "屏幕上的那串字符")->required();
    code->add_option("--key", options->key, "本局的解锁密钥")->required();
}

} // namespace qingfeng::ctl
