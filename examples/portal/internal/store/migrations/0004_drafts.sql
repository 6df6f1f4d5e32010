-- What somebody has typed and not yet saved, so that a review is a page of its own: it can be loaded again and gone back to.

CREATE TABLE drafts (
    id         {key} NOT NULL PRIMARY KEY,
    owner      {key} NOT NULL, -- who typed it
    path       text NOT NULL, -- of the page that shows it
    form       json NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX drafts_by_owner ON drafts (owner, expires_at);
CREATE INDEX drafts_by_end ON drafts (expires_at);
