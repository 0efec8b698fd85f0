-- 意见反馈 of both sides, added to only. What was written as a doubt so far becomes the first message of its thread.
CREATE TABLE feedback (
    position INTEGER PRIMARY KEY, -- in the order in which it came here
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL, -- id of its first message
    person TEXT NOT NULL,
    kind TEXT NOT NULL, -- message, read, closed, reopened
    from_desk INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    question TEXT NOT NULL, -- of a first message, or empty
    version INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    answer TEXT NOT NULL,
    written_at_ms INTEGER NOT NULL,
    utc_offset_s INTEGER NOT NULL,
    number INTEGER NOT NULL, -- the server's within this store; 0 = not there yet
    seen INTEGER NOT NULL -- by the person
);
CREATE INDEX feedback_person ON feedback (person, thread);
CREATE INDEX feedback_number ON feedback (number);
INSERT INTO feedback (id, thread, person, kind, from_desk, author, text, question, version, attempt, answer,
    written_at_ms, utc_offset_s, number, seen)
    SELECT id, id, person, 'message', 0, '', text, question, version, attempt, answer, created_at_ms, utc_offset_s,
    0, 1 FROM doubt ORDER BY created_at_ms, id;
DROP TABLE doubt;
