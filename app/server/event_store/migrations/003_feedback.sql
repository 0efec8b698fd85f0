-- What people and the desk write to each other (意见反馈): append-only, numbered within a store
CREATE TABLE feedback_entries (
    store  TEXT NOT NULL,
    number INTEGER NOT NULL, -- 1, 2, 3 … without a gap
    id     TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    body   TEXT NOT NULL, -- canonical JSON
    PRIMARY KEY (store, number)
) WITHOUT ROWID;
CREATE INDEX feedback_entries_by_thread ON feedback_entries (thread, number);

-- Derived from the entries in the same transaction: what the inbox is listed by
CREATE TABLE feedback_threads (
    thread     TEXT PRIMARY KEY,
    store      TEXT NOT NULL,
    person     TEXT NOT NULL,
    question   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    state      TEXT NOT NULL, -- sent, read, answered, closed
    text       TEXT NOT NULL, -- of the first message, its beginning
    entries    INTEGER NOT NULL,
    opened_ms  INTEGER NOT NULL, -- server clock
    changed_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX feedback_threads_by_state ON feedback_threads (state, changed_ms, thread);
