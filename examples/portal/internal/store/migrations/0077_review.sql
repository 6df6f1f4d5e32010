-- For the review of a year: what a partner had to answer, and how long it took everybody.
CREATE INDEX cases_of_partner ON cases (partner_tenant_id, opened_at);
CREATE INDEX cases_of_year ON cases (opened_at, incident_id, answered_at);
