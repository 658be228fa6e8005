CREATE TABLE peer_group (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    kind {text} NOT NULL,
    stage {text} NOT NULL,
    keeper {uuid} REFERENCES person (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX peer_group_programme ON peer_group (programme, stage);
CREATE INDEX peer_group_keeper ON peer_group (keeper);

CREATE TABLE group_step (
    id {uuid} NOT NULL PRIMARY KEY,
    peer_group {uuid} REFERENCES peer_group (id),
    kind {text} NOT NULL,
    account {uuid} REFERENCES account (id),
    person {uuid} REFERENCES person (id),
    step {text} NOT NULL,
    since {text} NOT NULL,
    until {text}
) {strict};
CREATE INDEX group_step_group ON group_step (peer_group);
CREATE INDEX group_step_account ON group_step (account);
CREATE INDEX group_step_person ON group_step (person);

CREATE TABLE group_member (
    peer_group {uuid} NOT NULL REFERENCES peer_group (id),
    person {uuid} NOT NULL REFERENCES person (id),
    at {time} NOT NULL,
    left_at {time},
    PRIMARY KEY (peer_group, person)
) {strict};
CREATE INDEX group_member_person ON group_member (person);

CREATE TABLE group_session (
    id {uuid} NOT NULL PRIMARY KEY,
    peer_group {uuid} NOT NULL REFERENCES peer_group (id),
    programme {uuid} NOT NULL REFERENCES programme (id),
    kind {text} NOT NULL,
    day {text} NOT NULL,
    started {time} NOT NULL,
    ended {time},
    started_by {uuid} NOT NULL REFERENCES account (id),
    unnamed {int} NOT NULL,
    same_as {uuid} REFERENCES group_session (id)
) {strict};
CREATE INDEX group_session_group ON group_session (peer_group, started);
CREATE INDEX group_session_same_as ON group_session (same_as);

CREATE TABLE group_sign_in (
    session {uuid} NOT NULL REFERENCES group_session (id),
    person {uuid} NOT NULL REFERENCES person (id),
    at {time} NOT NULL,
    how {text} NOT NULL,
    PRIMARY KEY (session, person)
) {strict};
CREATE INDEX group_sign_in_person ON group_sign_in (person);

CREATE TABLE group_code (
    code_hash {bytes} NOT NULL PRIMARY KEY,
    session {uuid} NOT NULL REFERENCES group_session (id),
    code {bytes} NOT NULL,
    until_at {time} NOT NULL
) {strict};
CREATE INDEX group_code_session ON group_code (session);

CREATE TABLE group_record (
    id {uuid} NOT NULL PRIMARY KEY,
    session {uuid} NOT NULL REFERENCES group_session (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
CREATE INDEX group_record_session ON group_record (session);

CREATE TABLE group_line (
    session {uuid} NOT NULL REFERENCES group_session (id),
    person {uuid} NOT NULL REFERENCES person (id),
    written_by {uuid} NOT NULL REFERENCES account (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (session, person)
) {strict};
CREATE INDEX group_line_person ON group_line (person);

CREATE TABLE group_letter (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    person {uuid} NOT NULL REFERENCES person (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
CREATE INDEX group_letter_person ON group_letter (person);
