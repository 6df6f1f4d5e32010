-- What a partner's contact amounts to, for the list of the coverage: missing, errors, advice or good. It is written with the profile,
-- and mended where all partners are counted. '': nobody has looked yet.
ALTER TABLE partners ADD COLUMN coverage {key} NOT NULL DEFAULT '';
CREATE INDEX partners_by_coverage ON partners (coverage, sort_name, tenant_id);
UPDATE kept_counting SET next_at = 0;
