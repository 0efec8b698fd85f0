-- 批注 of the server on attempts of this store: kept as they came, signed, never changed.
CREATE TABLE annotation (
    number INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    id TEXT NOT NULL UNIQUE,
    attempt TEXT NOT NULL,
    person TEXT NOT NULL,
    body TEXT NOT NULL -- canonical JSON, with the signature
);
CREATE INDEX annotation_person ON annotation (person, number);
