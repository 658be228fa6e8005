CREATE TABLE words_kept (
    person {uuid} NOT NULL PRIMARY KEY REFERENCES person (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL
) {strict};

CREATE TABLE words_off (
    account {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
    since {time} NOT NULL
) {strict};
