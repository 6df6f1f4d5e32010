-- The import that entered a partner; '': it was entered by other ways. The import says who it was, and when.
ALTER TABLE partners ADD COLUMN entered_in {key} NOT NULL DEFAULT '';
UPDATE partners SET entered_in = i.import_id FROM import_items AS i JOIN imports AS m ON m.id = i.import_id
    WHERE m.state = 'saved' AND i.kind = 'partner' AND i.verdict = 'new' AND i.subject = partners.tenant_id;
