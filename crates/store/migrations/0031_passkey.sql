-- Passkeys: what the owner's device showed of them, sealed under the account's own key.
CREATE TABLE passkey (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    credential {bytes} NOT NULL UNIQUE,
    body {bytes} NOT NULL,
    browser {text} NOT NULL,
    added_at {time} NOT NULL,
    used_at {time}
) {strict};
CREATE INDEX passkey_account ON passkey (account, added_at);

-- What was asked of a device and waits for its answer, once.
CREATE TABLE passkey_challenge (
    id {uuid} NOT NULL PRIMARY KEY,
    body {bytes} NOT NULL,
    until {time} NOT NULL
) {strict};
