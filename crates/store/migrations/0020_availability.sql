CREATE TABLE availability (
    programme {uuid} NOT NULL REFERENCES programme (id),
    worker {uuid} NOT NULL REFERENCES account (id),
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (programme, worker)
) {strict};

CREATE TABLE contract (
    programme {uuid} NOT NULL REFERENCES programme (id),
    worker {uuid} NOT NULL REFERENCES account (id),
    from_day {text} NOT NULL,
    minutes {int} NOT NULL,
    set_by {uuid} NOT NULL REFERENCES account (id),
    at {time} NOT NULL,
    PRIMARY KEY (programme, worker, from_day)
) {strict};
