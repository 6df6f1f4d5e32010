-- When every partner's contact was looked at last, for the numbers of all partners; 0: as it was stored.
ALTER TABLE kept_counting ADD COLUMN whole_at bigint NOT NULL DEFAULT 0;
