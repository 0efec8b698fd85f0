#pragma once

#include <QDate>
#include <QString>
#include <QStringList>

namespace qingfeng {

/** 岗位: what a person does; risk points belong to it. "P00" is common to all. */
struct Post
{
    QString code; ///< "P00" … "P27", the key
    QString name;
    QString category;
    QString description;
    bool operator==(const Post &) const = default;
};

/** The post whose risk points concern everybody. */
inline QString commonPost()
{
    return QStringLiteral("P00");
}

enum class RiskGrade { High, Medium, Low };

/** 风险点: one way in which a post can go wrong. */
struct RiskPoint
{
    QString id; ///< "P03-R05"
    QString post; ///< code of the post it belongs to
    QString name;
    RiskGrade grade = RiskGrade::Medium;
    QString scene;
    QString violation; ///< how it typically goes wrong
    QString measure; ///< how it is prevented
    QStringList articles; ///< ids of the legal articles it rests on
    bool operator==(const RiskPoint &) const = default;
};

/** 法律: a law or rule, of which articles are cited. */
struct Law
{
    QString id;
    QString title;
    QString shortTitle;
    QString level; ///< 法律, 行政法规, 党内法规 …
    QString issuer;
    QString documentNumber;
    QDate effectiveFrom; ///< invalid = not stated
    QDate effectiveUntil; ///< invalid = in force
    QString status;
    bool operator==(const Law &) const = default;
};

/** 法律依据: one article of a law. */
struct LegalArticle
{
    QString id; ///< "ZWCF-33"
    QString law;
    QString label; ///< 第三十三条
    QString summary; ///< a paraphrase, never the wording
    QStringList topics;
    QStringList keywords; ///< words that stand in the article's wording
    bool partyOnly = false; ///< binds Party members alone
    bool citable = false; ///< sure enough for a question to rest on it
    QString verification; ///< how the label was checked: law-text, web-page, secondary, memory
    QDate effectiveFrom; ///< first day of this wording; invalid = as old as the law
    QDate effectiveUntil; ///< last day; invalid = in force
    bool operator==(const LegalArticle &) const = default;
};

} // namespace qingfeng
