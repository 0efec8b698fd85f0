#pragma once

#include "app/server/event_store/event_store.h"

#include <future>

namespace qingfeng::server {

/** Changes the store and waits for the commit: for threads that may wait, never for one that serves requests. */
template <typename T, typename Work> Result<T> writeAndWait(EventStore &store, Work work)
{
    std::promise<Result<T>> promise;
    auto future = promise.get_future();
    store.write<T>(0, std::move(work), [&promise](Result<T> done) { promise.set_value(std::move(done)); });
    return future.get();
}

/** EventStore::read() of work that itself may fail. */
template <typename Work> auto readResult(const EventStore &store, Work work) -> std::invoke_result_t<Work, Sql &>
{
    auto found = store.read(std::move(work));
    if (!found) {
        return found.error();
    }
    return *std::move(found);
}

} // namespace qingfeng::server
