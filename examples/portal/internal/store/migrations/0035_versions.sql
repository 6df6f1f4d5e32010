-- What an operator did with an incident, and what it was from then on. Rows are only added. The newest is the incident of the table
-- incidents.
CREATE TABLE incident_versions (
    incident_id {key} NOT NULL REFERENCES incidents (id),
    version     bigint NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('raised', 'update', 'all-clear', 'cancel', 'reopen')),
    incident    json NOT NULL,
    at          bigint NOT NULL,
    by_name     text NOT NULL,
    PRIMARY KEY (incident_id, version)
);
INSERT INTO incident_versions (incident_id, version, kind, incident, at, by_name)
    SELECT id, COALESCE(CAST(incident ->> 'version' AS bigint), 0), 'raised', incident, raised_at, raised_by FROM incidents;

ALTER TABLE incidents ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN kind text NOT NULL DEFAULT 'raised'; -- of the version
UPDATE incidents SET version = COALESCE(CAST(incident ->> 'version' AS bigint), 0);

-- To find who was told of an incident at a partner.
CREATE INDEX deliveries_by_partner ON deliveries (incident_id, partner_tenant_id);
-- A delivery has told of the one version that there was.
UPDATE deliveries SET version = (SELECT i.version FROM incidents AS i WHERE i.id = deliveries.incident_id)
    WHERE incident_id IN (SELECT id FROM incidents WHERE version <> 0);
