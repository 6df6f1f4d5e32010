-- What came of it, in a word and with numbers: see host.AuditEntry. The hash covers it where there is one, so older entries still
-- verify.
ALTER TABLE audit_log ADD COLUMN result text NOT NULL DEFAULT '';
