-- What lets a program act as an operator. The token itself is nowhere: whoever reads this table cannot use one.
CREATE TABLE tokens (
    id         {key} NOT NULL PRIMARY KEY,
    hash       {key} NOT NULL UNIQUE, -- SHA-256 of the token, in hexadecimal
    name       text NOT NULL,
    tail       text NOT NULL, -- the last characters of the token, for people to tell it by
    tenant_id  {key} NOT NULL, -- of the operator
    person_id  {key} NOT NULL,
    owner      json NOT NULL,
    scopes     json NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at    bigint NOT NULL DEFAULT 0, -- 0: never
    revoked_at bigint NOT NULL DEFAULT 0, -- 0: it is not
    revoked_by text NOT NULL DEFAULT ''
);
CREATE INDEX tokens_by_age ON tokens (created_at, id);

-- What a program asked for once, so that it is not done twice. A key is that of one operator.
CREATE TABLE idempotency (
    owner       {key} NOT NULL,
    key         {key} NOT NULL, -- SHA-256, in hexadecimal
    fingerprint text NOT NULL, -- of the request
    subject     {key} NOT NULL, -- the ID of what was made
    at          bigint NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_by_age ON idempotency (at);
