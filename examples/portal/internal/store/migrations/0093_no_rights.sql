-- To count the partners of an incident that hold no rights over its tenant, and need not be told.
CREATE INDEX deliveries_without_rights ON deliveries (incident_id) WHERE state = 'nobody' AND gap = 'no_rights';
