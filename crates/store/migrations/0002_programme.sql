CREATE TABLE programme (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    pack {text} NOT NULL,
    zone {text} NOT NULL,
    settings {text} NOT NULL,
    opened_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};

CREATE TABLE pack_text (
    hash {bytes} NOT NULL PRIMARY KEY,
    pack {text} NOT NULL,
    bundle {text} NOT NULL,
    stored_at {time} NOT NULL
) {strict};

CREATE TABLE adoption (
    programme {uuid} NOT NULL REFERENCES programme (id),
    from_day {text} NOT NULL,
    pack_hash {bytes} NOT NULL REFERENCES pack_text (hash),
    adopted_by {uuid} NOT NULL,
    adopted_at {time} NOT NULL,
    PRIMARY KEY (programme, from_day)
) {strict};

CREATE TABLE account (
    id {uuid} NOT NULL PRIMARY KEY,
    sign_in_name {bytes} UNIQUE,
    name {bytes} NOT NULL,
    phone {bytes},
    password {text},
    lang {text} NOT NULL,
    created_at {time} NOT NULL,
    version {int} NOT NULL
) {strict};

CREATE TABLE membership (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    programme {uuid} REFERENCES programme (id),
    role {text} NOT NULL,
    title {text} NOT NULL,
    person {uuid},
    since {time} NOT NULL,
    ended {time}
) {strict};
CREATE INDEX membership_account ON membership (account);
CREATE INDEX membership_programme ON membership (programme, role);

CREATE TABLE supervision (
    programme {uuid} NOT NULL REFERENCES programme (id),
    peer {uuid} NOT NULL REFERENCES account (id),
    supervisor {uuid} NOT NULL REFERENCES account (id),
    since {time} NOT NULL,
    ended {time},
    PRIMARY KEY (programme, peer, supervisor, since)
) {strict};
CREATE INDEX supervision_supervisor ON supervision (supervisor, programme);

CREATE TABLE deputy (
    programme {uuid} NOT NULL REFERENCES programme (id),
    supervisor {uuid} NOT NULL REFERENCES account (id),
    deputy {uuid} NOT NULL REFERENCES account (id),
    since {time} NOT NULL,
    ended {time},
    PRIMARY KEY (programme, supervisor, deputy, since)
) {strict};
CREATE INDEX deputy_deputy ON deputy (deputy, programme);

CREATE TABLE link (
    id {uuid} NOT NULL PRIMARY KEY,
    secret {bytes} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    account {uuid},
    body {bytes} NOT NULL,
    until {time} NOT NULL,
    used_at {time}
) {strict};

CREATE TABLE session (
    id {uuid} NOT NULL PRIMARY KEY,
    secret {bytes} NOT NULL UNIQUE,
    account {uuid} NOT NULL REFERENCES account (id),
    membership {uuid} REFERENCES membership (id),
    shared_device {bool} NOT NULL,
    started {time} NOT NULL,
    seen {time} NOT NULL,
    ended {time}
) {strict};
CREATE INDEX session_account ON session (account);

CREATE TABLE sign_in_failure (
    name {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
CREATE INDEX sign_in_failure_name ON sign_in_failure (name, at);

CREATE TABLE kept_form (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL,
    path {text} NOT NULL,
    body {bytes} NOT NULL,
    until {time} NOT NULL
) {strict};
CREATE INDEX kept_form_account ON kept_form (account);
