-- What pages read of very many partners.

-- A search of alerts reads this index alone, and so does any filter of their list.
CREATE INDEX alerts_found ON alerts (seen_at, id, state, type, found_by);
CREATE INDEX alerts_by_customer ON alerts (tenant_id);

-- A worker looks for incidents that nobody routes.
CREATE INDEX incidents_to_route ON incidents (raised_at) WHERE status IN ('queued', 'routing');

-- Somebody's entries in the audit log, in the order of the list.
CREATE INDEX audit_personal_by_entry ON audit_personal (name, value, number);
DROP INDEX audit_personal_by_value;

-- What could not be delivered is shelved when its incident is over: nobody need look at it any more.
ALTER TABLE deliveries ADD COLUMN shelved bigint NOT NULL DEFAULT 0;
UPDATE deliveries SET shelved = 1 WHERE state IN ('failed', 'bounced')
    AND incident_id IN (SELECT id FROM incidents WHERE stands <> 'open');
DROP INDEX deliveries_undelivered;
CREATE INDEX deliveries_undelivered ON deliveries (updated_at, id) WHERE state IN ('failed', 'bounced') AND shelved = 0;

-- Numbers of incidents that concern many partners. A worker counts them now and then, for a page would wait for it.
CREATE TABLE kept_incidents (
    incident_id {key} NOT NULL PRIMARY KEY,
    at          bigint NOT NULL, -- when it was counted
    found       bigint NOT NULL, -- partners that it concerned
    told        bigint NOT NULL, -- of these, where somebody was told
    answered    bigint NOT NULL, -- of these, where somebody answered
    took        bigint NOT NULL, -- until their first answers, in all, in microseconds
    longest     bigint NOT NULL, -- the longest of these
    taken       bigint NOT NULL, -- cases in which somebody has answered, since it was raised or reopened
    states      json NOT NULL    -- how many cases are in which state, since then
);
CREATE TABLE kept_incidents_counting (
    one     bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    next_at bigint NOT NULL -- not before then
);
INSERT INTO kept_incidents_counting (one, next_at) VALUES (1, 0);
