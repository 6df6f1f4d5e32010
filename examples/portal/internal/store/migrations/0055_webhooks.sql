-- What a partner lets be told beside its security contact. The address may be a secret: it is sealed, and so are the secrets with
-- which is signed. What seals is a key that is not in the database.
CREATE TABLE webhooks (
    id           {key} NOT NULL PRIMARY KEY,
    tenant_id    {key} NOT NULL REFERENCES partners (tenant_id),
    name         text NOT NULL,
    format       text NOT NULL,
    place        text NOT NULL, -- what may be shown of the address
    sealed       text NOT NULL,
    version      bigint NOT NULL DEFAULT 1, -- counts the changes of what is sealed
    waiting      boolean NOT NULL DEFAULT FALSE, -- a new secret is in it, and the old one still signs
    state        text NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off')),
    off_why      text NOT NULL DEFAULT '' CHECK (off_why IN ('', 'person', 'gone')),
    created_at   bigint NOT NULL,
    created_by   text NOT NULL,
    succeeded_at bigint NOT NULL DEFAULT 0, -- 0: never
    failed_at    bigint NOT NULL DEFAULT 0,
    problem      text NOT NULL DEFAULT ''
);
CREATE INDEX webhooks_by_tenant ON webhooks (tenant_id, created_at, id);
