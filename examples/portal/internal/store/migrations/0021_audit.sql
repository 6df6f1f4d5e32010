-- The audit log. Rows are only added. Each hash covers the row, the digests of its personal values and the hash before it.
CREATE TABLE audit_log (
    number    bigint NOT NULL PRIMARY KEY, -- 1, 2, 3 and so on: a gap is a row that somebody took away
    at        bigint NOT NULL,
    action    text NOT NULL,
    outcome   text NOT NULL,
    status    bigint NOT NULL,
    subject   text NOT NULL,
    tenant_id {key} NOT NULL,
    channel   text NOT NULL,
    request   text NOT NULL,
    digests   json NOT NULL, -- of the personal values, by their names
    hash      text NOT NULL
);

-- What is personal, beside the log: a row can be erased, and the digest alone stays. The salt goes with it, so that nobody can try
-- all addresses.
CREATE TABLE audit_personal (
    number bigint NOT NULL REFERENCES audit_log (number),
    name   {key} NOT NULL, -- person, name or address
    salt   text NOT NULL,
    value  text NOT NULL,
    PRIMARY KEY (number, name)
);
CREATE INDEX audit_personal_by_value ON audit_personal (name, value);

-- The last row, so that one that is missing at the end is seen.
CREATE TABLE audit_head (
    one    bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    number bigint NOT NULL,
    hash   text NOT NULL
);
INSERT INTO audit_head (one, number, hash) VALUES (1, 0, '');
