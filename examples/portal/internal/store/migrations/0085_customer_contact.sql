-- Whom a partner lets be told of incidents on the tenant of one customer, beside its security contact.
CREATE TABLE customer_contacts (
    tenant_id   {key} NOT NULL REFERENCES partners (tenant_id),
    customer_id {key} NOT NULL,
    name        text NOT NULL,
    email       text NOT NULL,
    created_at  bigint NOT NULL,
    created_by  text NOT NULL,
    PRIMARY KEY (tenant_id, customer_id)
) {clustered};
