-- What decides when a person is asked again: the logins that an obligation stands for, deferrals, the clock, quiet.

-- Obligations in the order in which they were made, whatever the clock said: from 1 on, for each person.
ALTER TABLE obligation ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE obligation SET number = made.number
FROM (SELECT id, row_number() OVER (PARTITION BY person ORDER BY created_at_ms, id) AS number FROM obligation) AS made
WHERE made.id = obligation.id;
CREATE INDEX obligation_person_number ON obligation (person, number);

CREATE TABLE obligation_login (
    seq INTEGER PRIMARY KEY, -- in the order in which they joined
    obligation TEXT NOT NULL,
    login TEXT NOT NULL,
    UNIQUE (obligation, login)
);

-- The key (obligation, number) makes two programs that defer at once one deferral.
CREATE TABLE deferral (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    obligation TEXT NOT NULL,
    number INTEGER NOT NULL,
    person TEXT NOT NULL,
    study_day INTEGER NOT NULL,
    kind TEXT NOT NULL, -- token, emergency
    made_at_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    UNIQUE (obligation, number)
);
CREATE INDEX deferral_person_day ON deferral (person, study_day);

-- What was seen last of the clock, so that turning it back is noticed.
CREATE TABLE clock_memory (
    person TEXT PRIMARY KEY,
    last_seen_day INTEGER NOT NULL,
    obliged_day INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- Quiet that was earned; the one with the highest seq counts.
CREATE TABLE quiet (
    seq INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    ended INTEGER NOT NULL, -- before its time
    UNIQUE (person, from_day)
);
