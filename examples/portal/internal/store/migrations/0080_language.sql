-- In which language a partner is written to: a tag of BCP 47, such as "pt-BR", or '' where nobody has said.
ALTER TABLE partners ADD COLUMN language text NOT NULL DEFAULT '';

-- In which language the reader of one address wants to be written to. The reader is a hash over the partner's tenant and the
-- address: no address is stored here.
CREATE TABLE reader_languages (
    reader    {key} NOT NULL PRIMARY KEY,
    language  text NOT NULL,
    chosen_at bigint NOT NULL
) {clustered};
