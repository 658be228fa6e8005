-- What happened to how somebody signs in, which its owner is told.
CREATE TABLE account_news (
    id {uuid} NOT NULL PRIMARY KEY,
    account {uuid} NOT NULL REFERENCES account (id),
    kind {text} NOT NULL,
    browser {text} NOT NULL,
    session {uuid},
    at {time} NOT NULL,
    told_at {time},
    seen_at {time}
) {strict};
CREATE INDEX account_news_account ON account_news (account, at);
CREATE INDEX account_news_at ON account_news (at);
CREATE INDEX account_news_untold ON account_news (at) WHERE told_at IS NULL;

-- Names that were typed by somebody who forgot their password, as keyed hashes, whether there is such a name or not.
CREATE TABLE forgotten_password (
    name {bytes} NOT NULL PRIMARY KEY,
    at {time} NOT NULL
) {strict};

ALTER TABLE reach ADD COLUMN confirmed_at {time};
ALTER TABLE session ADD COLUMN news {bool};
ALTER TABLE link ADD COLUMN made_at {time};
CREATE INDEX link_account ON link (account, kind);
