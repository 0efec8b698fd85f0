#include "quiz/memory/memory_model.h"

#include <QJsonArray>

#include <limits>

namespace qingfeng {

QJsonObject toJson(const MemoryModel &model)
{
    QJsonArray parameters;
    for (const double w : model.parameters.w) {
        parameters.append(w);
    }
    return {{QStringLiteral("model_version"), model.version}, {QStringLiteral("parameters"), parameters},
        {QStringLiteral("enable_short_term"), model.parameters.enableShortTerm}};
}

Result<FsrsParameters> parametersFromJson(const QJsonObject &object)
{
    const QJsonValue shortTerm = object.value(QStringLiteral("enable_short_term"));
    if (!shortTerm.isUndefined() && !shortTerm.isBool()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("true or false expected"),
            QStringLiteral("enable_short_term"));
    }
    const QJsonValue parameters = object.value(QStringLiteral("parameters"));
    if (parameters.isUndefined() || parameters.isNull()) {
        FsrsParameters defaults;
        defaults.enableShortTerm = shortTerm.toBool(true);
        return defaults;
    }
    if (!parameters.isArray()) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("a list of 21 numbers expected"),
            QStringLiteral("parameters"));
    }
    QList<double> values;
    for (const QJsonValue value : parameters.toArray()) {
        values.append(value.toDouble(std::numeric_limits<double>::quiet_NaN()));
    }
    return fsrsParameters(values, shortTerm.toBool(true));
}

Result<MemoryModel> memoryModelFromJson(const QJsonObject &object)
{
    MemoryModel model;
    const QJsonValue version = object.value(QStringLiteral("model_version"));
    if (!version.isUndefined() && (!version.isString() || version.toString().isEmpty())) {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("text expected"), QStringLiteral("model_version"));
    }
    model.version = version.toString(model.version);
    const auto parameters = parametersFromJson(object);
    if (!parameters) {
        return parameters.error();
    }
    model.parameters = *parameters;
    return model;
}

} // namespace qingfeng
