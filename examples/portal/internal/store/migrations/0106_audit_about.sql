-- What entries of the audit log concern beside what they are about: of a call, an answer or a case, the incident and the partner; of
-- an alert, the incident that came of it. It is for searches alone, and no evidence: the log itself says what an entry is about.
CREATE TABLE audit_about (
    about  {key} NOT NULL, -- an incident, or a partner's tenant
    number bigint NOT NULL, -- of the entry
    action text NOT NULL, -- of the entry
    PRIMARY KEY (about, number)
) {clustered};
CREATE INDEX audit_about_by_action ON audit_about (about, action, number);
INSERT INTO audit_about (about, number, action)
    SELECT d.incident_id, a.number, a.action FROM audit_log AS a CROSS JOIN deliveries AS d
        WHERE d.id = a.subject AND d.incident_id IS NOT NULL
    UNION SELECT d.partner_tenant_id, a.number, a.action FROM audit_log AS a CROSS JOIN deliveries AS d WHERE d.id = a.subject
    UNION SELECT c.incident_id, a.number, a.action FROM audit_log AS a CROSS JOIN cases AS c WHERE c.id = a.subject
    UNION SELECT c.partner_tenant_id, a.number, a.action FROM audit_log AS a CROSS JOIN cases AS c WHERE c.id = a.subject
    UNION SELECT t.incident_id, a.number, a.action FROM audit_log AS a CROSS JOIN alerts AS t
        WHERE t.id = a.subject AND t.incident_id <> '';
