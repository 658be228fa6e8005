CREATE TABLE birth (
    person {uuid} NOT NULL PRIMARY KEY REFERENCES person (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
CREATE INDEX membership_person ON membership (person);
