-- Cases: one incident at one partner, until somebody answers.

-- SQLite changes no CHECK of a table that exists, so the table is made anew.
CREATE TABLE deliveries_3 (
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
    state             text NOT NULL CHECK (state IN
        ('waiting', 'retrying', 'failed', 'sent', 'nobody', 'unknown', 'withdrawn', 'call', 'bounced')),
    attempts          bigint NOT NULL DEFAULT 0,
    problem           text NOT NULL DEFAULT '',
    updated_at        bigint NOT NULL,
    next_try_at       bigint NOT NULL DEFAULT 0, -- 0: none
    unanswered        bigint NOT NULL DEFAULT 0, -- tries after which the mail server had the message and said nothing
    sent_to           json, -- whom the last try was for; null: the recipient
    version           bigint NOT NULL DEFAULT 0, -- of the incident
    case_id           {key}, -- null: none. No foreign key: it would lock the case
    step              bigint NOT NULL DEFAULT -1, -- of the case's policy; -1: beside the steps
    round             bigint NOT NULL DEFAULT 0, -- how often the steps were taken before
    asked_at          bigint NOT NULL DEFAULT 0, -- from when the link in it counts; 0: before there were links
    unanswered_since  bigint NOT NULL DEFAULT 0, -- others were told then; 0: the recipient is told first
    thread            {key} NOT NULL DEFAULT '' -- the first notification of the incident to the recipient; '': this one
);
INSERT INTO deliveries_3 (id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient, gap, why, state,
        attempts, problem, updated_at, next_try_at, unanswered, sent_to)
    SELECT id, incident_id, partner_tenant_id, company_name, topic, own_tenant, rights, recipient, gap, why, state,
        attempts, problem, updated_at, next_try_at, unanswered, sent_to FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_3 RENAME TO deliveries;
CREATE INDEX deliveries_by_company ON deliveries (incident_id, company_name, id);
CREATE INDEX deliveries_by_state ON deliveries (incident_id, state, company_name, id);
CREATE INDEX deliveries_open ON deliveries (updated_at) WHERE state IN ('waiting', 'retrying', 'unknown');

-- What is large stands last: SQLite reads a row from its beginning.
CREATE TABLE cases (
    id                {key} NOT NULL PRIMARY KEY, -- follows from the incident, its version and the partner
    incident_id       {key} NOT NULL REFERENCES incidents (id),
    version           bigint NOT NULL, -- of the incident
    partner_tenant_id {key} NOT NULL,
    opened_at         bigint NOT NULL,
    state             text NOT NULL, -- as of the last look, or the last answer
    answered_at       bigint NOT NULL DEFAULT 0, -- 0: not yet
    look_at           bigint NOT NULL, -- when somebody must look again; 0: never, unless something happens
    opened            json NOT NULL -- the case without its events, never changed
);
CREATE INDEX cases_by_incident ON cases (incident_id, id);
CREATE INDEX cases_by_partner ON cases (partner_tenant_id) WHERE state NOT IN ('resolved', 'cancelled');
CREATE INDEX cases_by_state ON cases (state, incident_id) WHERE state NOT IN ('resolved', 'cancelled');
CREATE INDEX cases_to_look_at ON cases (look_at) WHERE look_at > 0;

-- What has happened to a case. What said so counts once.
CREATE TABLE case_events (
    case_id         {key} NOT NULL REFERENCES cases (id),
    source          {key} NOT NULL, -- the number of a form, a notification's ID, an operator's click
    at              bigint NOT NULL,
    kind            text NOT NULL,
    notification_id {key} NOT NULL,
    by_id           text NOT NULL, -- whoever did it, by the portal's own key
    by_name         text NOT NULL, -- as they said it
    address         text NOT NULL, -- where the answer came from
    said            text NOT NULL, -- the word of the answer
    PRIMARY KEY (case_id, source)
) {clustered};
