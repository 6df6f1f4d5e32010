-- Imports of partners, customers and the rights between them. What a file says stands here until somebody saves it, in one
-- transaction, or it is forgotten.
CREATE TABLE imports (
    id        {key} NOT NULL PRIMARY KEY,
    state     text NOT NULL CHECK (state IN ('reading', 'ready', 'saving', 'saved', 'stale', 'failed')),
    file_name text NOT NULL,
    by_person json NOT NULL,
    channel   text NOT NULL,
    options   json NOT NULL,
    layout    json NOT NULL,
    counts    json NOT NULL,
    problem   text NOT NULL DEFAULT '',
    begun_at  bigint NOT NULL,
    saved_at  bigint NOT NULL DEFAULT 0 -- 0: it is not
);
CREATE INDEX imports_by_time ON imports (begun_at, id);

-- What an import would do. Base is what was stored when the file was read: if another stands there, nothing is saved.
CREATE TABLE import_items (
    import_id {key} NOT NULL,
    kind      {key} NOT NULL CHECK (kind IN ('partner', 'customer', 'relationship')),
    subject   {key} NOT NULL, -- a tenant; of rights the customer's, a blank and the partner's
    at_row    bigint NOT NULL, -- the first row that says so
    at_line   bigint NOT NULL,
    name      text NOT NULL,
    verdict   {key} NOT NULL CHECK (verdict IN ('new', 'changed', 'same')),
    wanted    text NOT NULL, -- a digest, to compare rows of the file with each other
    note      text NOT NULL,
    contact   boolean NOT NULL, -- the security contact of a partner that is here changes
    changes   json NOT NULL,
    base      text NOT NULL,
    base2     text NOT NULL,
    data      json NOT NULL, -- what is stored
    PRIMARY KEY (import_id, kind, subject)
) {clustered};
CREATE INDEX import_items_by_row ON import_items (import_id, verdict, at_row, kind, subject);

-- Rows of which something is to be said.
CREATE TABLE import_problems (
    import_id {key} NOT NULL,
    at_row    bigint NOT NULL,
    at_line   bigint NOT NULL,
    name      text NOT NULL,
    wrong     boolean NOT NULL,
    findings  json NOT NULL,
    PRIMARY KEY (import_id, at_row)
) {clustered};

-- By what a partner is found: its tenant, its name and each later word of it, and the addresses of its people. All are in lower case.
CREATE TABLE partner_terms (
    term      {key} NOT NULL,
    tenant_id {key} NOT NULL,
    PRIMARY KEY (term, tenant_id)
) {clustered};
CREATE INDEX partner_terms_by_partner ON partner_terms (tenant_id, term);
INSERT INTO partner_terms (term, tenant_id) SELECT sort_name, tenant_id FROM partners WHERE TRUE ON CONFLICT DO NOTHING;
INSERT INTO partner_terms (term, tenant_id) SELECT tenant_id, tenant_id FROM partners WHERE TRUE ON CONFLICT DO NOTHING;
INSERT INTO partner_terms (term, tenant_id) SELECT lower(address), tenant_id FROM contacts WHERE TRUE ON CONFLICT DO NOTHING;

-- For the list of partners: by what is known of the contact, and those without one.
ALTER TABLE contacts ADD COLUMN sort_name {key} NOT NULL DEFAULT '';
UPDATE contacts SET sort_name = (SELECT p.sort_name FROM partners AS p WHERE p.tenant_id = contacts.tenant_id);
CREATE INDEX contacts_listed ON contacts (state, sort_name, tenant_id);
CREATE INDEX partners_without_contact ON partners (sort_name, tenant_id) WHERE security_contact IS NULL;

-- For the customers of one partner.
CREATE INDEX relationships_by_partner ON relationships (partner_id, tenant_id);
