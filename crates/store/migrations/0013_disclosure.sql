-- A person's signed yes to a copy of their record leaving the programme, sealed under their key.
CREATE TABLE disclosure (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    signed_at {time} NOT NULL,
    stopped_at {time},
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX disclosure_person ON disclosure (person, signed_at);

-- Each copy that left, for the person to read. It is never changed and never taken away.
CREATE TABLE disclosed (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    disclosure {uuid} NOT NULL REFERENCES disclosure (id),
    made_by {uuid} NOT NULL REFERENCES account (id),
    at {time} NOT NULL
) {strict};
CREATE INDEX disclosed_person ON disclosed (person, at);
