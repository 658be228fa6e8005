CREATE TABLE contact (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    writer {uuid} NOT NULL REFERENCES account (id),
    review {text},
    started {time},
    ended {time},
    due {time},
    signed_at {time},
    late {bool} NOT NULL,
    body {bytes} NOT NULL,
    saved_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX contact_person ON contact (person, started);
CREATE INDEX contact_writer ON contact (writer, signed_at);
CREATE INDEX contact_review ON contact (programme, review, ended);

CREATE TABLE addition (
    id {uuid} NOT NULL PRIMARY KEY,
    contact {uuid} NOT NULL REFERENCES contact (id),
    kind {text} NOT NULL,
    added_by {uuid} NOT NULL,
    at {time} NOT NULL,
    body {bytes} NOT NULL,
    hash {bytes} NOT NULL
) {strict};
CREATE INDEX addition_contact ON addition (contact, at);

CREATE TABLE work (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    worker {uuid} NOT NULL REFERENCES account (id),
    started {time} NOT NULL,
    ended {time} NOT NULL,
    body {bytes} NOT NULL
) {strict};
CREATE INDEX work_worker ON work (worker, started);
