-- What the operator's list of incidents is searched, filtered and sorted by. It follows from the incident.
ALTER TABLE incidents ADD COLUMN stands text NOT NULL DEFAULT 'open'; -- or resolved, cancelled
ALTER TABLE incidents ADD COLUMN severity bigint NOT NULL DEFAULT 0; -- 0 informational, 1 low, 2 medium, 3 high
ALTER TABLE incidents ADD COLUMN what {key} NOT NULL DEFAULT ''; -- the kind of incident
ALTER TABLE incidents ADD COLUMN drill bigint NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN tenant_id {key} NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN found_by text NOT NULL DEFAULT ''; -- ID, title and tenant, in lower case
ALTER TABLE incidents ADD COLUMN owner_id {key} NOT NULL DEFAULT ''; -- the operator who looks after it; '': nobody
ALTER TABLE incidents ADD COLUMN owner_name text NOT NULL DEFAULT '';
UPDATE incidents SET
    stands = CASE kind WHEN 'all-clear' THEN 'resolved' WHEN 'cancel' THEN 'cancelled' ELSE 'open' END,
    severity = CASE incident ->> 'severity' WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END,
    what = COALESCE(incident ->> 'kind', ''),
    drill = CASE WHEN CAST(incident ->> 'drill' AS text) IN ('1', 'true') THEN 1 ELSE 0 END,
    tenant_id = lower(COALESCE(incident ->> 'tenantId', '')),
    found_by = substr(lower(id || ' ' || COALESCE(incident ->> 'title', '') || ' ' || COALESCE(incident ->> 'tenantName', '') || ' '
        || COALESCE(incident ->> 'tenantId', '')), 1, 400);
CREATE INDEX incidents_by_severity ON incidents (severity, raised_at, id);
CREATE INDEX incidents_open ON incidents (raised_at, id) WHERE stands = 'open';
CREATE INDEX incidents_by_owner ON incidents (owner_id, raised_at, id) WHERE stands = 'open';
CREATE INDEX incidents_by_tenant ON incidents (tenant_id, raised_at);
CREATE INDEX incidents_found ON incidents (raised_at, id, stands, severity, drill, what, owner_id, found_by);

-- What happened with an incident, for its timeline: versions, answers, notes, who looks after it. Rows are only added.
CREATE TABLE incident_log (
    incident_id  {key} NOT NULL REFERENCES incidents (id),
    id           {key} NOT NULL, -- what said so: it counts once
    at           bigint NOT NULL,
    kind         text NOT NULL,
    case_id      {key} NOT NULL DEFAULT '',
    company_name text NOT NULL DEFAULT '', -- whose case it is
    by_name      text NOT NULL,
    said         text NOT NULL, -- the note, the answer, the name of who looks after it now
    PRIMARY KEY (incident_id, id)
) {clustered};
CREATE INDEX incident_log_by_time ON incident_log (incident_id, at, id);
INSERT INTO incident_log (incident_id, id, at, kind, by_name, said)
    SELECT incident_id, 'version ' || version, at, kind, by_name, '' FROM incident_versions;
INSERT INTO incident_log (incident_id, id, at, kind, case_id, company_name, by_name, said)
    SELECT c.incident_id, c.id || ' ' || v.source, v.at, v.kind, c.id, c.company_name, v.by_name, v.said
    FROM case_events AS v JOIN cases AS c ON c.id = v.case_id
    WHERE v.kind <> 'failed' AND v.source NOT LIKE 'version %';

-- Forms of incidents that somebody saved: drafts, and templates to begin from. All operators share them.
CREATE TABLE saved_forms (
    id       {key} NOT NULL PRIMARY KEY,
    template bigint NOT NULL, -- 0: a draft
    title    text NOT NULL,
    form     json NOT NULL,
    saved_at bigint NOT NULL,
    by_name  text NOT NULL
);
CREATE INDEX saved_forms_by_time ON saved_forms (template, saved_at, id);

-- Operators who have worked here, so that something can be handed over to them.
CREATE TABLE colleagues (
    id      {key} NOT NULL PRIMARY KEY, -- as the portal knows them
    name    text NOT NULL,
    seen_at bigint NOT NULL
);

-- Whether somebody at the partner has answered, and until when somebody must.
ALTER TABLE cases ADD COLUMN taken bigint NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN respond_at bigint NOT NULL DEFAULT 0;
UPDATE cases SET respond_at = opened_at + 86400000000, taken = CASE WHEN state = 'acknowledged' OR state = 'resolved' AND EXISTS
    (SELECT 1 FROM case_events AS v WHERE v.case_id = cases.id AND v.kind IN ('acknowledged', 'resolved')
        AND v.source NOT LIKE 'version %') THEN 1 ELSE 0 END;
CREATE INDEX cases_taken ON cases (incident_id, company_name, partner_tenant_id, version) WHERE taken = 1;
CREATE INDEX cases_open ON cases (respond_at, id) WHERE state IN ('waiting', 'exhausted');

-- What could not be delivered, the newest first.
CREATE INDEX deliveries_undelivered ON deliveries (updated_at, id) WHERE state IN ('failed', 'bounced');
