-- The workstation database as first released. Names are spelt out here for good: later steps alter, never edit.

-- Single values: store_id, head_seq, head_hash, outbox cursors, settings.
CREATE TABLE value (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Documents cached whole from the server: roster, policy. The ETag goes back with the next question.
CREATE TABLE document (
    name TEXT PRIMARY KEY,
    etag TEXT NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;

-- One answer a row, appended and never changed; the columns are what is hashed.
CREATE TABLE attempt (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    post TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    bank_revision INTEGER NOT NULL,
    choices_shown TEXT NOT NULL, -- JSON array of choice ids
    response TEXT NOT NULL, -- JSON array of choice ids
    marks INTEGER NOT NULL,
    full_marks INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    context TEXT NOT NULL,
    obligation TEXT NOT NULL,
    response_ms INTEGER NOT NULL,
    answered_at_ms INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    study_day INTEGER NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX attempt_person_day ON attempt (person, study_day);

-- Derived from attempts, kept with each answer and rebuilt at need: what selection asks about a question.
CREATE TABLE question_history (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    right INTEGER NOT NULL,
    last_study_day INTEGER NOT NULL,
    last_right INTEGER NOT NULL,
    PRIMARY KEY (person, question)
) WITHOUT ROWID;

-- What was put on the screen: an unanswered one comes back with the same id and order.
CREATE TABLE presentation (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    study_day INTEGER NOT NULL,
    post TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    choices_shown TEXT NOT NULL,
    context TEXT NOT NULL,
    obligation TEXT NOT NULL,
    shown_at_ms INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX presentation_person_day ON presentation (person, study_day);

CREATE TABLE obligation (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    study_day INTEGER NOT NULL,
    occasion TEXT NOT NULL,
    owed INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    pass_token TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    settled_at_ms INTEGER NOT NULL,
    UNIQUE (person, study_day, occasion)
) WITHOUT ROWID;

-- Gate outcomes and faults on their way to the administrator.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    detail TEXT NOT NULL
);

-- The server's countersignature for the chain up to seq.
CREATE TABLE receipt (
    seq INTEGER PRIMARY KEY,
    head_hash BLOB NOT NULL,
    server_time_ms INTEGER NOT NULL,
    key TEXT NOT NULL,
    signature BLOB NOT NULL
);

-- Attempts that a server refused for good: kept, set aside, shown to the administrator, never dropped.
CREATE TABLE quarantine (
    attempt TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
