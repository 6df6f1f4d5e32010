-- To measure how fast alerts are answered.
CREATE INDEX alerts_by_detection ON alerts (detected_at, id);
