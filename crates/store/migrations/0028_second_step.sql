CREATE TABLE second_step (
    account {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
    asked_at {time},
    secret {bytes},
    last_step {int} NOT NULL,
    set_at {time}
) {strict};

CREATE TABLE recovery_code (
    account {uuid} NOT NULL REFERENCES account (id),
    code {bytes} NOT NULL,
    used_at {time},
    PRIMARY KEY (account, code)
) {strict};

ALTER TABLE session ADD COLUMN proved_at {time};
ALTER TABLE session ADD COLUMN second_due {time};
ALTER TABLE session ADD COLUMN browser {text};
