-- The tables of the portal. River keeps its jobs in tables of its own, beside these.
--
-- The same text serves SQLite and PostgreSQL: what stands in braces differs, see dialect.go. Tenant IDs are in lower case. Times are
-- microseconds since 1970, UTC: to_timestamp(t / 1e6) in PostgreSQL, datetime(t / 1e6, 'unixepoch') in SQLite.

-- A partner. The profile is the JSON that package partner makes of it, and the only truth: what queries need of it is derived.
CREATE TABLE partners (
    tenant_id        {key} NOT NULL PRIMARY KEY,
    sort_name        {key} NOT NULL, -- the company's name in lower case, of every script
    company_name     text NOT NULL GENERATED ALWAYS AS (profile ->> 'companyName') STORED,
    partner_type     text NOT NULL GENERATED ALWAYS AS (profile ->> 'partnerType') STORED,
    primary_email    text GENERATED ALWAYS AS (profile -> 'primaryContact' ->> 'email') STORED,
    security_contact json GENERATED ALWAYS AS (profile -> 'securityContact') STORED, -- null: none
    staff            json NOT NULL, -- an array of the partner's people whom an incident may concern
    profile          json NOT NULL
);
CREATE INDEX partners_by_name ON partners (sort_name, tenant_id);

-- A change of a profile. The number counts the revisions of one partner.
CREATE TABLE revisions (
    tenant_id {key} NOT NULL REFERENCES partners (tenant_id),
    number    bigint NOT NULL,
    id        {key} NOT NULL UNIQUE,
    saved_at  bigint NOT NULL,
    by_name   text NOT NULL,
    revision  json NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE TABLE customers (
    tenant_id {key} NOT NULL PRIMARY KEY,
    sort_name {key} NOT NULL,
    name      text NOT NULL
);
CREATE INDEX customers_by_name ON customers (sort_name, tenant_id);

-- Whom an incident on a tenant concerns: the partners with rights over it and, on its own tenant and without rights, the partner
-- itself. In the order of this key the Directory is read.
CREATE TABLE relationships (
    tenant_id  {key} NOT NULL,
    partner_id {key} NOT NULL REFERENCES partners (tenant_id),
    rights     json NOT NULL,
    PRIMARY KEY (tenant_id, partner_id)
) {clustered};

CREATE TABLE incidents (
    id        {key} NOT NULL PRIMARY KEY,
    incident  json NOT NULL,
    raised_at bigint NOT NULL,
    raised_by text NOT NULL,
    status    text NOT NULL CHECK (status IN ('queued', 'routing', 'routed', 'cancelled')),
    partners  bigint NOT NULL DEFAULT 0,
    routed_to {key} NOT NULL DEFAULT '' -- the last partner whose deliveries are stored
);
CREATE INDEX incidents_by_time ON incidents (raised_at, id);

-- A recipient who is told, or a partner with nobody to tell. Without an incident it is a notice about a changed contact.
CREATE TABLE deliveries (
    id                {key} NOT NULL PRIMARY KEY, -- the notification's
    incident_id       {key} REFERENCES incidents (id),
    partner_tenant_id {key} NOT NULL,
    company_name      {key} NOT NULL,
    topic             text NOT NULL,
    own_tenant        boolean NOT NULL,
    rights            json NOT NULL,
    recipient         json NOT NULL,
    gap               text NOT NULL,
    why               text NOT NULL,
    state             text NOT NULL CHECK (state IN ('waiting', 'retrying', 'failed', 'sent', 'nobody')),
    attempts          bigint NOT NULL DEFAULT 0,
    problem           text NOT NULL DEFAULT '',
    updated_at        bigint NOT NULL,
    next_try_at       bigint NOT NULL DEFAULT 0 -- 0: none
);
-- One for the list of all, one for the list of those in one state.
CREATE INDEX deliveries_by_company ON deliveries (incident_id, company_name, id);
CREATE INDEX deliveries_by_state ON deliveries (incident_id, state, company_name, id);

-- The number of an incident's deliveries in each state, kept in the transactions that change them: counting 100,000 rows for everyone
-- who watches an incident would slow down those who send.
CREATE TABLE delivery_counts (
    incident_id {key} NOT NULL REFERENCES incidents (id),
    state       text NOT NULL,
    n           bigint NOT NULL,
    PRIMARY KEY (incident_id, state)
) {clustered};

CREATE TABLE sessions (
    key        {key} NOT NULL PRIMARY KEY,
    person     json NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (expires_at);
