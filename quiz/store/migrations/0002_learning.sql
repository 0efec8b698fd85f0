-- Answers of every question type, and the memory of each question kept beside the attempts.

-- Canonical JSON of what only some types have (texts, pairs, parts, guess_ppm); empty when there is none.
ALTER TABLE attempt ADD COLUMN details TEXT NOT NULL DEFAULT '';
ALTER TABLE presentation ADD COLUMN parts_shown TEXT NOT NULL DEFAULT '';

-- The newest answers of a person, whatever the number of others'.
CREATE INDEX attempt_person_seq ON attempt (person, seq);

-- Derived from attempts, kept with each answer and rebuilt at need.
DROP TABLE question_history;
CREATE TABLE question_history (
    person TEXT NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    right INTEGER NOT NULL,
    last_study_day INTEGER NOT NULL,
    last_right INTEGER NOT NULL,
    stability REAL NOT NULL, -- days; 0 = none
    difficulty REAL NOT NULL,
    failures INTEGER NOT NULL, -- in a row
    paused_until INTEGER NOT NULL, -- study day; 0 = not paused
    first_right_day INTEGER NOT NULL,
    last_right_day INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, -- the attempt that changed it last
    PRIMARY KEY (person, question)
) WITHOUT ROWID;
CREATE INDEX question_history_seq ON question_history (person, last_seq);

CREATE TABLE learner (
    person TEXT PRIMARY KEY,
    ability REAL NOT NULL,
    exposures INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    invalid INTEGER NOT NULL,
    study_days INTEGER NOT NULL,
    last_study_day INTEGER NOT NULL,
    suspect_day INTEGER NOT NULL,
    backwards INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    recent BLOB NOT NULL -- pairs of earned and expected, IEEE doubles, big-endian, oldest first
) WITHOUT ROWID;

-- Whoever opens the database next derives both tables from the attempts.
INSERT OR REPLACE INTO value (name, value) VALUES ('derived_stale', '1');
