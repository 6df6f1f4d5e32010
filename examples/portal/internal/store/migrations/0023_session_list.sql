-- What a person needs to tell sessions apart. It is gone with the session.
ALTER TABLE sessions ADD COLUMN began_at bigint NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN address text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN tenant_id {key} NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN person_id {key} NOT NULL DEFAULT '';
CREATE INDEX sessions_by_person ON sessions (tenant_id, person_id);
