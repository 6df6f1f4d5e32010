-- Numbers of the start page that would read a whole table. A worker counts them now and then.
CREATE TABLE kept_numbers (
    name {key} NOT NULL PRIMARY KEY,
    n    bigint NOT NULL
);

-- The same of each day, the last that was counted.
CREATE TABLE kept_days (
    day  {key} NOT NULL, -- 2026-11-30, in UTC
    name {key} NOT NULL,
    n    bigint NOT NULL,
    PRIMARY KEY (day, name)
) {clustered};

CREATE TABLE kept_counting (
    one     bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    next_at bigint NOT NULL, -- not before then
    at      bigint NOT NULL -- of the numbers that are kept; 0: none
);
INSERT INTO kept_counting (one, next_at, at) VALUES (1, 0, 0);
