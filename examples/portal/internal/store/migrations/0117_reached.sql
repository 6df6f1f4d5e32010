-- To list whom an incident has reached, who have not answered, however many have: from those without an answer, and from
-- the messages without a case.
CREATE INDEX cases_untaken ON cases (incident_id, company_name, partner_tenant_id, version) WHERE taken = 0;
CREATE INDEX deliveries_without_case ON deliveries (incident_id, company_name, id) WHERE case_id IS NULL AND state = 'sent';
