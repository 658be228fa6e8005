-- Who signs in by the agency's own provider: keyed hashes alone, so that nobody reads from it who that is there.
CREATE TABLE single_sign_on (
    account {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
    issuer {bytes} NOT NULL,
    subject {bytes} NOT NULL UNIQUE,
    added_at {time} NOT NULL,
    used_at {time}
) {strict};

-- What was asked of the provider and waits for its answer, once.
CREATE TABLE single_sign_on_question (
    id {uuid} NOT NULL PRIMARY KEY,
    body {bytes} NOT NULL,
    until {time} NOT NULL
) {strict};
