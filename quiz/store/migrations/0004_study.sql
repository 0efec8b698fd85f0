-- Learning by choice: what a person marked, the papers drawn for them, and what they doubt.

-- 收藏.
CREATE TABLE favourite (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL,
    PRIMARY KEY (person, question)
) WITHOUT ROWID;

-- 试卷. The answers are attempts, whose ids are those of the items; a result is computed from them.
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    rules TEXT NOT NULL, -- JSON
    seed TEXT NOT NULL, -- decimal, 64 bits without sign
    started_at_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL,
    finished_at_ms INTEGER NOT NULL, -- 0 = open
    timed_out INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX paper_person ON paper (person, started_at_ms);

CREATE TABLE paper_item (
    paper TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    post TEXT NOT NULL,
    choices_shown TEXT NOT NULL, -- JSON array of choice ids
    parts_shown TEXT NOT NULL, -- JSON object of such arrays, empty when there is none
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;

-- 疑问 on their way to the administrator's desk: kept until they can be sent.
CREATE TABLE doubt (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    attempt TEXT NOT NULL, -- id of the person's own answer, or empty
    answer TEXT NOT NULL, -- that answer as JSON, or empty
    text TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    state TEXT NOT NULL -- queued
) WITHOUT ROWID;
CREATE INDEX doubt_person ON doubt (person, created_at_ms);
