CREATE TABLE plan (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX plan_person ON plan (person);
