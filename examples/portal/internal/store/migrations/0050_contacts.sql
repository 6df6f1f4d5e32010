-- What is known about the present address of each security contact, for package attest. The contacts that are here already have no
-- times. Such a record asks nobody, so this migration writes to no one: "portal verify begin" does.
CREATE TABLE contacts (
    tenant_id   {key} NOT NULL PRIMARY KEY REFERENCES partners (tenant_id),
    address     text NOT NULL, -- which one
    entered_at  bigint NOT NULL DEFAULT 0,
    verified_at bigint NOT NULL DEFAULT 0,
    bounced_at  bigint NOT NULL DEFAULT 0,
    doubted_at  bigint NOT NULL DEFAULT 0, -- somebody who reads it said that it is not right
    doubt       text NOT NULL DEFAULT '', -- what they said
    begin_at    bigint NOT NULL DEFAULT 0, -- then it counts as entered; 0: nobody asked for that
    look_at     bigint NOT NULL DEFAULT 0, -- when the policy must be asked next; 0: never
    policy      text NOT NULL DEFAULT '', -- which one was asked last
    state       text NOT NULL DEFAULT 'unasked' -- of that time
);
CREATE INDEX contacts_due ON contacts (look_at) WHERE look_at > 0;
CREATE INDEX contacts_by_state ON contacts (state);
INSERT INTO contacts (tenant_id, address)
    SELECT tenant_id, security_contact ->> 'email' FROM partners WHERE COALESCE(security_contact ->> 'email', '') <> '';

-- What was said on the page of the link in a mail that asks. A form counts once.
CREATE TABLE contact_answers (
    source          {key} NOT NULL PRIMARY KEY, -- the form's number
    tenant_id       {key} NOT NULL REFERENCES partners (tenant_id),
    notification_id {key} NOT NULL,
    at              bigint NOT NULL,
    said            text NOT NULL,
    by_name         text NOT NULL, -- as they say
    from_address    text NOT NULL
);
CREATE INDEX contact_answers_by_partner ON contact_answers (tenant_id, at);
