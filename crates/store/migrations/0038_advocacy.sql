-- What people ask for elsewhere. What it is, of whom and what came of it is sealed; the days alone find those of a quarter.
CREATE TABLE advocacy (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    person {uuid} NOT NULL REFERENCES person (id),
    since {text} NOT NULL,
    closed_on {text},
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX advocacy_person ON advocacy (person, since);
CREATE INDEX advocacy_programme ON advocacy (programme, since);
