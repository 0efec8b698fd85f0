CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Roster
CREATE TABLE units (
    code      TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    home_page TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE departments (
    code   TEXT PRIMARY KEY,
    parent TEXT NOT NULL,
    name   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX departments_by_parent ON departments (parent);

CREATE TABLE people (
    number     TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    department TEXT NOT NULL,
    accounts   TEXT NOT NULL, -- JSON list
    party      INTEGER NOT NULL,
    leader     INTEGER NOT NULL,
    auxiliary  INTEGER NOT NULL,
    pin_hash   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX people_by_department ON people (department);

CREATE TABLE assignments (
    person     TEXT NOT NULL REFERENCES people (number) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    post       TEXT NOT NULL,
    department TEXT NOT NULL,
    main       INTEGER NOT NULL,
    starts_on  TEXT NOT NULL, -- ISO date or empty
    ends_on    TEXT NOT NULL,
    PRIMARY KEY (person, position)
) WITHOUT ROWID;
CREATE INDEX assignments_by_department ON assignments (department);

-- Devices
CREATE TABLE enrolment_codes (
    hash       BLOB PRIMARY KEY,
    department TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms    INTEGER,
    device     TEXT
) WITHOUT ROWID;

CREATE TABLE devices (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    department   TEXT NOT NULL,
    store        TEXT NOT NULL,
    public_key   BLOB NOT NULL,
    enrolled_ms  INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    revoked_ms   INTEGER
) WITHOUT ROWID;

CREATE TABLE token_nonces (
    device  TEXT NOT NULL,
    nonce   BLOB NOT NULL,
    seen_ms INTEGER NOT NULL,
    PRIMARY KEY (device, nonce)
) WITHOUT ROWID;

-- Ledger: append-only; keys grow with time, and nothing else is indexed when answers come in
CREATE TABLE stores (
    store  TEXT PRIMARY KEY,
    device TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE chains (
    store      TEXT NOT NULL,
    epoch      INTEGER NOT NULL,
    device     TEXT NOT NULL,
    head_seq   INTEGER NOT NULL,
    head_hash  BLOB NOT NULL,
    opened_ms  INTEGER NOT NULL,
    touched    INTEGER NOT NULL, -- sequence of its newest statement
    PRIMARY KEY (store, epoch)
) WITHOUT ROWID;

CREATE TABLE batches (
    id          INTEGER PRIMARY KEY,
    device      TEXT NOT NULL,
    store       TEXT NOT NULL,
    epoch       INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    first       INTEGER NOT NULL, -- stored sequence of its first statement
    count       INTEGER NOT NULL,
    body        BLOB NOT NULL -- zstd of the JSON list of the new statements, verbatim
);

CREATE TABLE statements (
    id       BLOB PRIMARY KEY, -- the 16 bytes of the UUIDv7
    stored   INTEGER NOT NULL, -- 1, 2, 3 … in the order of storing
    batch    INTEGER NOT NULL,
    position INTEGER NOT NULL, -- in the batch's list
    digest   BLOB NOT NULL
) WITHOUT ROWID;

-- Projection, built from the batches afterwards
CREATE TABLE answers (
    stored      INTEGER PRIMARY KEY,
    person      TEXT NOT NULL,
    device      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    batch       INTEGER NOT NULL,
    position    INTEGER NOT NULL
);
CREATE INDEX answers_by_person ON answers (person, stored);

-- What contradicts the ledger, for the administrator
CREATE TABLE set_aside (
    digest      BLOB PRIMARY KEY,
    device      TEXT NOT NULL,
    store       TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    body        BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE events (
    sequence    INTEGER PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    device      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    body        TEXT NOT NULL
);

-- Bank
CREATE TABLE publications (
    revision           INTEGER PRIMARY KEY,
    unit               TEXT NOT NULL,
    manifest_hash      TEXT NOT NULL,
    package_hash       TEXT NOT NULL,
    bytes              INTEGER NOT NULL,
    questions          INTEGER NOT NULL,
    signing_public_key BLOB NOT NULL,
    published_ms       INTEGER NOT NULL
);

CREATE TABLE bank_keys (
    public_key BLOB PRIMARY KEY
) WITHOUT ROWID;
