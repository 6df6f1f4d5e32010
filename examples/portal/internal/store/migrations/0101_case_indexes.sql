-- Two indexes that say what others begin with: cases_by_company is by incident, and cases_of_partner by partner. A case that is opened
-- writes to each index, and the IDs in the first of these come in no order.
DROP INDEX cases_by_incident;
DROP INDEX cases_by_partner;
