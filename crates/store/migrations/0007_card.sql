CREATE TABLE card (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    document {uuid} NOT NULL REFERENCES document (id),
    code_hash {bytes} NOT NULL,
    code {bytes} NOT NULL,
    sections {text} NOT NULL,
    made_at {time} NOT NULL,
    off_at {time}
) {strict};
CREATE UNIQUE INDEX card_code ON card (code_hash);
CREATE INDEX card_person ON card (person);
CREATE INDEX card_document ON card (document);
