-- To count the partners of an incident by how they stand, from this index alone. It begins as deliveries_by_partner does.
CREATE INDEX deliveries_standing ON deliveries (incident_id, partner_tenant_id, version, state, gap);
DROP INDEX deliveries_by_partner;
-- To see whether somebody at a partner has answered, whatever its company is called by now.
CREATE INDEX cases_taken_by_partner ON cases (incident_id, partner_tenant_id, version) WHERE taken = 1;

-- What is kept of large incidents is counted by partner. null: a worker has not done so yet.
ALTER TABLE kept_incidents ADD COLUMN parts json;
UPDATE kept_incidents_counting SET next_at = 0;
