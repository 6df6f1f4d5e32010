-- To list the cases of an incident by their states.
ALTER TABLE cases ADD COLUMN company_name {key} NOT NULL DEFAULT '';
UPDATE cases SET company_name = COALESCE(opened -> 'route' ->> 'companyName', '');
CREATE INDEX cases_by_company ON cases (incident_id, state, company_name, id);
