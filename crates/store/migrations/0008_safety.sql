-- Safety reports, the ladders that are climbed for them, and each call. Nothing is ever deleted here. What a report says is
-- sealed under the programme's key; the columns beside it say how it stands, so that the clockwork needs no key.
CREATE TABLE safety (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    kind {text} NOT NULL,
    practice {bool} NOT NULL,
    person {uuid} REFERENCES person (id),
    about_worker {uuid} REFERENCES account (id),
    reporter {uuid} NOT NULL REFERENCES account (id),
    sent_at {time} NOT NULL,
    standing {text} NOT NULL,
    holder {uuid} REFERENCES account (id),
    taken_at {time},
    shows {bool} NOT NULL,
    second_reader {uuid} REFERENCES account (id),
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX safety_programme ON safety (programme, standing, sent_at);
CREATE INDEX safety_person ON safety (person) WHERE person IS NOT NULL;
CREATE INDEX safety_reporter ON safety (reporter, sent_at);

CREATE TABLE safety_entry (
    id {uuid} NOT NULL PRIMARY KEY,
    report {uuid} NOT NULL REFERENCES safety (id),
    number {int} NOT NULL,
    kind {text} NOT NULL,
    by_account {uuid} NOT NULL REFERENCES account (id),
    at {time} NOT NULL,
    body {bytes} NOT NULL,
    UNIQUE (report, number)
) {strict};

-- What a programme chose for its ladder and rota, and whether it may be used.
CREATE TABLE ladder (
    programme {uuid} NOT NULL PRIMARY KEY REFERENCES programme (id),
    body {text} NOT NULL,
    is_on {bool} NOT NULL,
    changed_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};

-- A ladder being climbed: the timer is this row. `report` is none for a test call.
CREATE TABLE ladder_run (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    report {uuid} REFERENCES safety (id),
    practice {bool} NOT NULL,
    started_by {uuid} NOT NULL REFERENCES account (id),
    started_at {time} NOT NULL,
    first_account {uuid} REFERENCES account (id),
    step {int} NOT NULL,
    due_at {time},
    stopped_at {time},
    version {int} NOT NULL
) {strict};
CREATE INDEX ladder_run_due ON ladder_run (due_at) WHERE stopped_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX ladder_run_report ON ladder_run (report) WHERE report IS NOT NULL;
CREATE INDEX ladder_run_programme ON ladder_run (programme, started_at);

-- One call to one account by one means. `means` is `page` for what shows in the app itself.
CREATE TABLE ladder_call (
    id {uuid} NOT NULL PRIMARY KEY,
    run {uuid} NOT NULL REFERENCES ladder_run (id),
    step {int} NOT NULL,
    account {uuid} NOT NULL REFERENCES account (id),
    means {text} NOT NULL,
    due_at {time} NOT NULL,
    made_at {time} NOT NULL,
    state {text} NOT NULL,
    attempts {int} NOT NULL,
    try_at {time},
    sent_at {time},
    seen_at {time},
    answered_at {time},
    trouble {text},
    UNIQUE (run, step, account, means)
) {strict};
CREATE INDEX ladder_call_waiting ON ladder_call (try_at) WHERE state = 'waiting';
CREATE INDEX ladder_call_account ON ladder_call (account, made_at);

-- By which means somebody answered a test call last.
CREATE TABLE ladder_proof (
    programme {uuid} NOT NULL REFERENCES programme (id),
    account {uuid} NOT NULL REFERENCES account (id),
    means {text} NOT NULL,
    answered_at {time} NOT NULL,
    PRIMARY KEY (programme, account, means)
) {strict};

-- Asked of one's supervisor, and answered.
CREATE TABLE counsel (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL REFERENCES programme (id),
    asked_by {uuid} NOT NULL REFERENCES account (id),
    asked_of {uuid} NOT NULL REFERENCES account (id),
    topic {text} NOT NULL,
    past_supervisor {bool} NOT NULL,
    is_open {bool} NOT NULL,
    asked_at {time} NOT NULL,
    due_at {time} NOT NULL,
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX counsel_asked_of ON counsel (asked_of, is_open, due_at);
CREATE INDEX counsel_asked_by ON counsel (asked_by, asked_at);
