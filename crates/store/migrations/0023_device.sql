CREATE TABLE device (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    membership {uuid} NOT NULL REFERENCES membership (id),
    secret_hash {bytes} NOT NULL UNIQUE,
    made_at {time} NOT NULL,
    heard_at {time} NOT NULL,
    waiting {int} NOT NULL,
    ended_at {time}
) {strict};

CREATE INDEX device_account ON device (account);

CREATE TABLE tray (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    programme {uuid},
    body {bytes} NOT NULL,
    why {text} NOT NULL,
    written_at {time} NOT NULL,
    arrived_at {time} NOT NULL,
    state {text} NOT NULL,
    settled_by {uuid},
    settled_at {time},
    reason {bytes}
) {strict};

CREATE INDEX tray_account ON tray (account, state);

CREATE INDEX tray_programme ON tray (programme, state);
