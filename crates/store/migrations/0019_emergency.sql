CREATE TABLE emergency (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    person {uuid} NOT NULL REFERENCES person (id),
    opened_by {uuid} NOT NULL REFERENCES account (id),
    body {bytes} NOT NULL,
    from_at {time} NOT NULL,
    until_at {time} NOT NULL,
    told_at {time}
) {strict};
CREATE INDEX emergency_person ON emergency (person, from_at);
CREATE INDEX emergency_programme ON emergency (programme, from_at);
