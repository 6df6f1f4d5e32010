-- What the links in mails ask, once somebody has typed a wrong code.

CREATE TABLE questions (
    subject {key} NOT NULL, -- the notification's ID
    purpose {key} NOT NULL, -- what an answer does
    expires bigint NOT NULL,
    wrong   bigint NOT NULL, -- codes; five end the link
    PRIMARY KEY (subject, purpose, expires)
) {clustered};
CREATE INDEX questions_by_end ON questions (expires);

-- The mails with a new code that readers have asked for.
CREATE TABLE new_codes (
    id       {key} NOT NULL PRIMARY KEY, -- of the delivery
    first_id {key} NOT NULL, -- of the delivery with the first code
    at       bigint NOT NULL
) {clustered};
CREATE INDEX new_codes_by_first ON new_codes (first_id);
