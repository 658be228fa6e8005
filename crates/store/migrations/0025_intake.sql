-- How somebody came to the programme, sealed under the person's key, with the day by which they are called.
CREATE TABLE intake (
    person {uuid} NOT NULL PRIMARY KEY REFERENCES person (id),
    programme {uuid} NOT NULL,
    promised {text},
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
