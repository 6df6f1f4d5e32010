-- To look for entries of the audit log: by what was done, by whose company, by what it is about, and by when.
CREATE INDEX audit_log_by_action ON audit_log (action, number);
CREATE INDEX audit_log_by_tenant ON audit_log (tenant_id, number);
CREATE INDEX audit_log_by_subject ON audit_log (subject, number);
CREATE INDEX audit_log_by_request ON audit_log (request, number);
CREATE INDEX audit_log_by_time ON audit_log (at);
