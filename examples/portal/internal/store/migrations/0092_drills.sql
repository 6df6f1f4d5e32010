-- Drills are apart from what is real, in each list that somebody works through.
ALTER TABLE cases ADD COLUMN drill bigint NOT NULL DEFAULT 0;
UPDATE cases SET drill = 1 WHERE incident_id IN (SELECT id FROM incidents WHERE drill = 1);
DROP INDEX cases_open;
CREATE INDEX cases_open ON cases (drill, respond_at, id) WHERE state IN ('waiting', 'exhausted');
DROP INDEX deliveries_calls;
CREATE INDEX deliveries_calls ON deliveries ((CASE WHEN topic = 'drill' THEN 1 ELSE 0 END), asked_at, id) WHERE state = 'call';
CREATE INDEX deliveries_undelivered_real ON deliveries (updated_at, id) WHERE state IN ('failed', 'bounced') AND topic <> 'drill';
CREATE INDEX incidents_by_urgency ON incidents ((1 - drill), severity, raised_at, id);
