-- What becomes of a delivery beyond sent, failed and retrying, and who works on the queue.

-- SQLite changes no CHECK of a table that exists, so the table is made anew.
CREATE TABLE deliveries_2 (
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
    state             text NOT NULL
        CHECK (state IN ('waiting', 'retrying', 'failed', 'sent', 'nobody', 'unknown', 'withdrawn')),
    attempts          bigint NOT NULL DEFAULT 0,
    problem           text NOT NULL DEFAULT '',
    updated_at        bigint NOT NULL,
    next_try_at       bigint NOT NULL DEFAULT 0, -- 0: none
    unanswered        bigint NOT NULL DEFAULT 0, -- tries after which the mail server had the message and said nothing
    sent_to           json -- whom the last try was for; null: the recipient
);
INSERT INTO deliveries_2 (id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient, gap, why, state,
        attempts, problem, updated_at, next_try_at)
    SELECT id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient, gap, why, state,
        attempts, problem, updated_at, next_try_at FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_2 RENAME TO deliveries;
CREATE INDEX deliveries_by_company ON deliveries (incident_id, company_name, id);
CREATE INDEX deliveries_by_state ON deliveries (incident_id, state, company_name, id);
-- For the sweep that looks for deliveries without a job.
CREATE INDEX deliveries_open ON deliveries (updated_at) WHERE state IN ('waiting', 'retrying', 'unknown');

-- How the numbers of delivery_counts have changed since they were added up. Everybody adds rows of their own, and nobody waits for
-- another's. There is no foreign key: it would lock the incident.
CREATE TABLE delivery_count_changes (
    incident_id {key} NOT NULL,
    state       text NOT NULL,
    n           bigint NOT NULL
);
CREATE INDEX delivery_count_changes_by_incident ON delivery_count_changes (incident_id);

-- Who works on the queue. A worker whose beat stands still is dead, and its jobs are others'.
CREATE TABLE queue_workers (
    id   {key} NOT NULL PRIMARY KEY,
    beat bigint NOT NULL
) {clustered};
