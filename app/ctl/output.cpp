#include "app/ctl/output.h"

#include <cstdio>

#include <QJsonDocument>

namespace qingfeng::ctl {
namespace {

QString reason(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return QStringLiteral("内容不符合要求，请按提示位置修改后重试");
    case ErrorCode::NotFound:
        return QStringLiteral("没有找到");
    case ErrorCode::Conflict:
        return QStringLiteral("与已有内容冲突，原有内容保持不变");
    case ErrorCode::NotPermitted:
        return QStringLiteral("未获准许，原有内容保持不变");
    case ErrorCode::Corrupt:
        return QStringLiteral("数据不完整或被改动过，未予采用");
    case ErrorCode::TooNew:
        return QStringLiteral("由更新版本的程序写成，请先升级本程序");
    case ErrorCode::TooLarge:
        return QStringLiteral("超过允许的大小");
    case ErrorCode::Unavailable:
        return QStringLiteral("暂时不可用，请稍后再试");
    case ErrorCode::TimedOut:
        return QStringLiteral("等待超时，请稍后再试");
    case ErrorCode::Io:
        return QStringLiteral("读写文件失败，请检查路径、权限和磁盘空间");
    case ErrorCode::Internal:
        break;
    }
    return QStringLiteral("程序内部错误");
}

} // namespace

void print(const QString &line)
{
    std::fputs(line.toUtf8().append('\n').constData(), stdout);
}

void print(const QJsonObject &document)
{
    std::fputs(QJsonDocument(document).toJson(QJsonDocument::Indented).constData(), stdout);
}

QString sentence(const Error &error)
{
    QString text = error.where().isEmpty() ? QString() : error.where() + QStringLiteral("：");
    text += reason(error.code());
    if (!error.detail().isEmpty()) {
        text += QStringLiteral("（%1）").arg(error.detail());
    }
    return text;
}

int fail(const Common &common, const Error &error)
{
    if (common.json) {
        print(QJsonObject {{QStringLiteral("error"),
            QJsonObject {{QStringLiteral("code"), errorName(error.code())},
                {QStringLiteral("where"), error.where()}, {QStringLiteral("detail"), error.detail()}}}});
    } else {
        std::fputs(sentence(error).toUtf8().append('\n').constData(), stderr);
    }
    return error.code() == ErrorCode::InvalidArgument ? Usage : False;
}

} // namespace qingfeng::ctl
