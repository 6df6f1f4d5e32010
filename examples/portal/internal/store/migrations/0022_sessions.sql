-- What a session needs to ask the provider for somebody's roles again: sealed with a key that is in the browser's cookie alone.
ALTER TABLE sessions ADD COLUMN sealed text NOT NULL DEFAULT '';
