-- To find the calls to make, those that wait longest first.
CREATE INDEX deliveries_calls ON deliveries (asked_at, id) WHERE state = 'call';

-- Numbers that somebody called, and that were not the contact's.
CREATE TABLE wrong_numbers (
    tenant_id {key} NOT NULL, -- the partner's
    phone     {key} NOT NULL, -- E.164
    at        bigint NOT NULL,
    by_name   text NOT NULL, -- who called
    PRIMARY KEY (tenant_id, phone)
) {clustered};
