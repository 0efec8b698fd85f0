-- Administrators (管理员账号). Never deleted, for the audit names them; disabled instead
CREATE TABLE accounts (
    id            TEXT PRIMARY KEY, -- UUIDv7
    name          TEXT NOT NULL UNIQUE, -- what one signs in with, in lower case
    title         TEXT NOT NULL, -- name and office, as shown
    person        TEXT NOT NULL, -- employee number, or empty
    source        TEXT NOT NULL, -- local: has a password here; directory: signs in by LDAP
    password_hash TEXT NOT NULL, -- argon2id, or empty
    password_ms   INTEGER NOT NULL, -- when it was set
    must_change   INTEGER NOT NULL, -- a password that somebody else knows
    totp_secret   BLOB NOT NULL, -- sealed, or empty
    totp_pending  BLOB NOT NULL, -- sealed: being enrolled, not asked for yet
    totp_step     INTEGER NOT NULL, -- the last time step that was used; none is taken twice
    created_ms    INTEGER NOT NULL,
    signed_in_ms  INTEGER NOT NULL, -- 0 = never
    disabled_ms   INTEGER
) WITHOUT ROWID;

-- What an account may do, and where: a department and those below it, '' = the whole unit
CREATE TABLE account_roles (
    account    TEXT NOT NULL REFERENCES accounts (id),
    role       TEXT NOT NULL, -- bank-editor, bank-approver, message-desk, archive-reader, auditor, system
    department TEXT NOT NULL,
    granted_ms INTEGER NOT NULL,
    PRIMARY KEY (account, role, department)
) WITHOUT ROWID;

CREATE TABLE account_sessions (
    token_hash BLOB PRIMARY KEY, -- SHA-256; the token itself is nowhere
    account    TEXT NOT NULL REFERENCES accounts (id),
    address    TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms    INTEGER NOT NULL, -- to the minute
    ended_ms   INTEGER
) WITHOUT ROWID;
CREATE INDEX account_sessions_by_account ON account_sessions (account, created_ms);

-- Wrong passwords, by name and by name and address; what nobody tried for a day is dropped
CREATE TABLE sign_in_failures (
    key      BLOB PRIMARY KEY, -- SHA-256
    failures INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_ms);

-- Basic credentials of other programs that speak xAPI, with the scopes of its specification
CREATE TABLE tool_credentials (
    id          TEXT PRIMARY KEY, -- the user name
    label       TEXT NOT NULL,
    secret_hash BLOB NOT NULL, -- SHA-256 of 256 random bits
    scopes      TEXT NOT NULL, -- separated by spaces
    created_ms  INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    revoked_ms  INTEGER
) WITHOUT ROWID;

-- Who did what (审计): append-only, each entry holds the hash of the one before
CREATE TABLE audit (
    number     INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    at_ms      INTEGER NOT NULL,
    actor      TEXT NOT NULL, -- an account's id, local, or empty for somebody unknown
    action     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    department TEXT NOT NULL,
    detail     TEXT NOT NULL, -- canonical JSON
    previous   BLOB NOT NULL,
    hash       BLOB NOT NULL
);
CREATE INDEX audit_by_department ON audit (department, number);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
