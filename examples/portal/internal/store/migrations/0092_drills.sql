-- Drills are apart from what is real, in each list that somebody works through. An older version goes on with cases_open and
-- deliveries_calls: a later one takes them away.
ALTER TABLE cases ADD COLUMN drill bigint NOT NULL DEFAULT 0;
UPDATE cases SET drill = 1 WHERE incident_id IN (SELECT id FROM incidents WHERE drill = 1);
CREATE INDEX cases_unanswered ON cases (drill, respond_at, id) WHERE state IN ('waiting', 'exhausted');
CREATE INDEX deliveries_to_call ON deliveries ((CASE WHEN topic = 'drill' THEN 1 ELSE 0 END), asked_at, id) WHERE state = 'call';
CREATE INDEX deliveries_undelivered_real ON deliveries (updated_at, id) WHERE state IN ('failed', 'bounced') AND topic <> 'drill';
CREATE INDEX incidents_by_urgency ON incidents ((1 - drill), severity, raised_at, id);
