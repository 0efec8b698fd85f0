#pragma once

#include "question_bank/formats/question_format.h"

#include <QJsonObject>
#include <QMap>

/** A bank with every type of question, a picture, and texts that are awkward in some format. */
qingfeng::QuestionBank allTypes();

/** The JSON names of the fields that a loss of this column concerns. */
QStringList fieldsOf(const QString &column);

/** The questions of @p bank as JSON, by id; fields named in @p lost are left out, whole questions too. */
QMap<QString, QJsonObject> questionsOf(
    const QList<qingfeng::QuestionVersion> &questions, const QList<qingfeng::ImportRemark> &lost);
