-- A partner is found by the domain of its security contact too, as "@contoso.com". rtrim takes away what stands after the @.
INSERT INTO partner_terms (term, tenant_id)
SELECT lower(substr(address, length(rtrim(address, replace(address, '@', ''))))), tenant_id FROM contacts
    WHERE address LIKE '_%@_%' ON CONFLICT DO NOTHING;
