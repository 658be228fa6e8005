CREATE TABLE credential (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    waiting {bool} NOT NULL,
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX credential_account ON credential (account, at);
CREATE INDEX credential_waiting ON credential (waiting, at);

CREATE TABLE evidence_part (
    id {uuid} NOT NULL PRIMARY KEY,
    credential {uuid} NOT NULL REFERENCES credential (id),
    number {int} NOT NULL,
    body {bytes} NOT NULL
) {strict};
CREATE UNIQUE INDEX evidence_part_credential ON evidence_part (credential, number);

CREATE TABLE worker_answer (
    programme {uuid} NOT NULL REFERENCES programme (id),
    account {uuid} NOT NULL REFERENCES account (id),
    question {text} NOT NULL,
    word {text} NOT NULL,
    changes_on {text},
    PRIMARY KEY (programme, account, question)
) {strict};
CREATE INDEX worker_answer_changes ON worker_answer (programme, changes_on);

CREATE TABLE worker_due (
    programme {uuid} NOT NULL REFERENCES programme (id),
    account {uuid} NOT NULL REFERENCES account (id),
    due_on {text} NOT NULL,
    PRIMARY KEY (programme, account)
) {strict};
CREATE INDEX worker_due_day ON worker_due (programme, due_on);
