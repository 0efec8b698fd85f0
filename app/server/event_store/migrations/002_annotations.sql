-- What administrators put on record about single answers (批注): append-only, numbered within a store, signed
CREATE TABLE annotations (
    store  TEXT NOT NULL,
    number INTEGER NOT NULL, -- 1, 2, 3 … without a gap
    id     TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    body   TEXT NOT NULL, -- canonical JSON, with the signature
    PRIMARY KEY (store, number)
) WITHOUT ROWID;
CREATE INDEX annotations_by_person ON annotations (person);
