-- What people who work here write for themselves alone. A row names nobody: its id is a keyed fingerprint of the account,
-- and what it holds is sealed under a key that is kept nowhere. There is no time in it and no number.
CREATE TABLE corner (
    id {bytes} NOT NULL PRIMARY KEY,
    vault {bytes} NOT NULL
) {strict};
