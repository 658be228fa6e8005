-- A visit that two people arrange, sealed under the person's key. When it is stands beside it, for lists and for what is
-- asked and reminded by itself.
CREATE TABLE visit (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    peer {uuid} NOT NULL REFERENCES account (id),
    state {text} NOT NULL,
    starts {time} NOT NULL,
    ends {time} NOT NULL,
    ask_at {time},
    asked_at {time},
    tell_at {time},
    answered_at {time},
    told_at {time},
    person_reminded_at {time},
    peer_reminded_at {time},
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX visit_peer ON visit (peer, programme, ends);
CREATE INDEX visit_person ON visit (person, ends);
CREATE INDEX visit_state ON visit (state, starts);

-- The address at which somebody's calendar reads their visits. One at a time.
CREATE TABLE visit_calendar (
    membership {uuid} NOT NULL PRIMARY KEY REFERENCES membership (id),
    code_hash {bytes} NOT NULL,
    code {bytes} NOT NULL,
    made_at {time} NOT NULL
) {strict};
CREATE UNIQUE INDEX visit_calendar_code ON visit_calendar (code_hash);

-- Whether and when somebody wants to be reminded of a visit.
CREATE TABLE visit_reminder (
    account {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
