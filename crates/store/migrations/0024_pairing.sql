-- What somebody shares so that others can be found: a person's under their key, a worker's under theirs.
CREATE TABLE offer (
    programme {uuid} NOT NULL REFERENCES programme (id),
    whose {uuid} NOT NULL,
    works {bool} NOT NULL,
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (programme, whose)
) {strict};

-- What was gone through with somebody before they are there for another, and when they are asked next how it is for them.
CREATE TABLE mentor (
    person {uuid} NOT NULL PRIMARY KEY REFERENCES person (id),
    programme {uuid} NOT NULL REFERENCES programme (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};

-- Two people on their way to each other, or who were. Sealed under the programme's key, since it is of neither alone.
CREATE TABLE pairing (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    asker {uuid} NOT NULL REFERENCES person (id),
    other {uuid} NOT NULL REFERENCES person (id),
    is_open {bool} NOT NULL,
    wished {bool} NOT NULL,
    due {text},
    told {text},
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX pairing_asker ON pairing (asker, is_open);
CREATE INDEX pairing_other ON pairing (other, is_open);
CREATE INDEX pairing_programme ON pairing (programme, is_open);
CREATE INDEX pairing_due ON pairing (is_open, due);
