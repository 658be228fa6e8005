CREATE TABLE definition (
    hash {bytes} NOT NULL PRIMARY KEY,
    body {text} NOT NULL
) {strict};

CREATE TABLE document (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    tool {text} NOT NULL,
    definition {bytes} NOT NULL REFERENCES definition (hash),
    started_by {uuid} NOT NULL,
    started_at {time} NOT NULL,
    changed_at {time} NOT NULL,
    newest {int} NOT NULL
) {strict};
CREATE INDEX document_person ON document (person, changed_at);

CREATE TABLE answer (
    id {uuid} NOT NULL PRIMARY KEY,
    document {uuid} NOT NULL REFERENCES document (id),
    number {int} NOT NULL,
    section {text} NOT NULL,
    question {text} NOT NULL,
    item {uuid} NOT NULL,
    over {bytes} NOT NULL,
    written_by {uuid} NOT NULL,
    at {time} NOT NULL,
    body {bytes} NOT NULL
) {strict};
CREATE UNIQUE INDEX answer_document ON answer (document, number);

CREATE TABLE share (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    document {uuid} NOT NULL REFERENCES document (id),
    section {text} NOT NULL,
    reader {uuid} NOT NULL REFERENCES account (id),
    writes {bool} NOT NULL,
    from_at {time} NOT NULL,
    until_at {time} NOT NULL,
    stopped_at {time}
) {strict};
CREATE INDEX share_document ON share (document);
CREATE INDEX share_reader ON share (reader, person);
CREATE INDEX share_person ON share (person);
