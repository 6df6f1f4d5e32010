-- A case that is opened writes to each index. Two say what others begin with: cases_by_company is by incident, and cases_of_partner
-- is by partner. Nobody looks for cases by the year any more.
DROP INDEX cases_by_incident;
DROP INDEX cases_by_partner;
DROP INDEX cases_of_year;
