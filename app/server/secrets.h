#pragma once

#include "app/server/data_folder.h"
#include "app/server/event_store/event_store.h"
#include "question_bank/base/random.h"
#include "question_bank/package/signature.h"

namespace qingfeng::server {

/** The key that signs receipts, from the folder's keys; made at first use. */
Result<KeyPair> ensureReceiptKey(const DataFolder &folder);

/** The key that seals administrators' second factors, from the folder's keys; made at first use. */
Result<QByteArray> ensureAccountKey(const DataFolder &folder, Random &random);

/** The key of the device tokens, from the store, so that all servers of a unit share it; made at first use. */
Result<QByteArray> ensureTokenKey(EventStore &store, Random &random);

/**
 * The token of the local administrator: the one in admin.json if the store knows its hash, else a new one,
 * with which every older one is void. @return the token; the file is written by writeAdminFile().
 */
Result<QString> ensureAdminToken(const DataFolder &folder, EventStore &store, Random &random);

Result<void> writeAdminFile(
    const DataFolder &folder, const QString &url, const QString &authorityFile, const QString &token);

} // namespace qingfeng::server
