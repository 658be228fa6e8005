-- How somebody is reached outside of the pages, besides the phone number of their account. The address is sealed.
CREATE TABLE reach (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    means {text} NOT NULL,
    body {bytes} NOT NULL,
    added_at {time} NOT NULL,
    ended_at {time}
) {strict};
CREATE INDEX reach_account ON reach (account, added_at) WHERE ended_at IS NULL;

-- What a phone did since a call went out, as the provider tells it.
ALTER TABLE ladder_call ADD COLUMN progress {text};
CREATE INDEX ladder_call_means ON ladder_call (means, try_at) WHERE state = 'waiting';
