CREATE TABLE person (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    guarded {bool} NOT NULL,
    profile {bytes} NOT NULL,
    added_by {uuid} NOT NULL,
    added_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX person_programme ON person (programme);

CREATE TABLE person_name (
    person {uuid} NOT NULL REFERENCES person (id),
    programme {uuid} NOT NULL,
    blind {bytes} NOT NULL,
    PRIMARY KEY (person, blind)
) {strict};
CREATE INDEX person_name_blind ON person_name (programme, blind);

CREATE TABLE person_same (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    one {uuid} NOT NULL REFERENCES person (id),
    other {uuid} NOT NULL REFERENCES person (id),
    linked_at {time} NOT NULL,
    unlinked_at {time}
) {strict};
CREATE INDEX person_same_one ON person_same (one);
CREATE INDEX person_same_other ON person_same (other);

CREATE TABLE child (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    body {bytes} NOT NULL,
    added_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX child_person ON child (person);

CREATE TABLE support (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    peer {uuid} NOT NULL REFERENCES account (id),
    responsible {uuid} NOT NULL REFERENCES account (id),
    walking {bool} NOT NULL,
    since {text} NOT NULL,
    ended_on {text},
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX support_person ON support (person);
CREATE INDEX support_peer ON support (peer, programme);

CREATE TABLE goal (
    id {uuid} NOT NULL PRIMARY KEY,
    person {uuid} NOT NULL REFERENCES person (id),
    is_open {bool} NOT NULL,
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX goal_person ON goal (person);

CREATE TABLE consent (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    reader {uuid} NOT NULL REFERENCES account (id),
    part {text} NOT NULL,
    from_at {time} NOT NULL,
    until_at {time} NOT NULL,
    stopped_at {time}
) {strict};
CREATE INDEX consent_person ON consent (person);
CREATE INDEX consent_reader ON consent (reader, part);

CREATE TABLE look_question (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    is_open {bool} NOT NULL,
    due {time} NOT NULL,
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX look_question_programme ON look_question (programme, is_open, due);
CREATE INDEX look_question_person ON look_question (person);
