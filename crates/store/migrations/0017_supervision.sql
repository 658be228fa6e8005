CREATE TABLE supervision_meeting (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    supervisor {uuid} NOT NULL REFERENCES account (id),
    kind {text} NOT NULL,
    day {text} NOT NULL,
    state {text} NOT NULL,
    minutes {int} NOT NULL,
    supervisor_was {text} NOT NULL,
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX supervision_meeting_supervisor ON supervision_meeting (supervisor, programme, day);
CREATE INDEX supervision_meeting_programme ON supervision_meeting (programme, day);

CREATE TABLE supervision_part (
    meeting {uuid} NOT NULL REFERENCES supervision_meeting (id),
    worker {uuid} NOT NULL REFERENCES account (id),
    signed_at {time},
    PRIMARY KEY (meeting, worker)
) {strict};
CREATE INDEX supervision_part_worker ON supervision_part (worker, meeting);

CREATE TABLE agenda_item (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    worker {uuid} NOT NULL REFERENCES account (id),
    supervisor {uuid} NOT NULL REFERENCES account (id),
    meeting {uuid} REFERENCES supervision_meeting (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
CREATE INDEX agenda_item_worker ON agenda_item (worker, programme);
CREATE INDEX agenda_item_supervisor ON agenda_item (supervisor, programme);
CREATE INDEX agenda_item_meeting ON agenda_item (meeting);

CREATE TABLE sitting_in (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    person {uuid} NOT NULL REFERENCES person (id),
    worker {uuid} NOT NULL REFERENCES account (id),
    supervisor {uuid} NOT NULL REFERENCES account (id),
    day {text} NOT NULL,
    said_by {uuid} NOT NULL REFERENCES account (id),
    at {time} NOT NULL,
    taken_back_at {time},
    meeting {uuid} REFERENCES supervision_meeting (id)
) {strict};
CREATE INDEX sitting_in_person ON sitting_in (person, day);
CREATE INDEX sitting_in_worker ON sitting_in (worker, day);

CREATE INDEX supervision_peer ON supervision (peer);
CREATE INDEX contact_writer_signed ON contact (writer, signed_at);
ALTER TABLE supervision ADD COLUMN beside {bool} NOT NULL DEFAULT FALSE;
