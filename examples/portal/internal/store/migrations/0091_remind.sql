-- Mails that somebody here had sent again to whom nobody had answered: the how manieth of its reader it is. 0: it is none.
ALTER TABLE deliveries ADD COLUMN reminder bigint NOT NULL DEFAULT 0;
