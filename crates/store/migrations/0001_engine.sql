-- What the store itself needs: who it is, the journal, the keys of owners, jobs, and commands already done.

-- Facts about this database, such as its own id.
CREATE TABLE meta (
    name {text} NOT NULL PRIMARY KEY,
    value {bytes} NOT NULL
) {strict};

-- Append-only. `bytes` is the entry; the columns before it are copies for indexed reading, checked against it.
CREATE TABLE journal (
    strand {int} NOT NULL,
    seq {int} NOT NULL,
    at {time} NOT NULL,
    actor {uuid},
    person {uuid},
    programme {uuid},
    outcome {text} NOT NULL,
    action {text} NOT NULL,
    part {text} NOT NULL,
    purpose {text} NOT NULL,
    bytes {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (strand, seq)
) {strict};
CREATE INDEX journal_by_person ON journal (person, at) WHERE person IS NOT NULL;
CREATE INDEX journal_by_actor ON journal (actor, at) WHERE actor IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at);

-- One key for each owner of sealed text, itself sealed by the key ring. Forgetting an owner empties `wrapped`.
CREATE TABLE data_key (
    owner_kind {text} NOT NULL,
    owner {uuid} NOT NULL,
    ring_key {text} NOT NULL,
    wrapped {bytes},
    made_at {time} NOT NULL,
    forgotten_at {time},
    PRIMARY KEY (owner_kind, owner)
) {strict};

-- Work that must happen later, kept with the change that causes it. A finished row stays, so that its
-- unique key can't be used again, until it is cleared away.
CREATE TABLE job (
    id {uuid} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    payload {bytes} NOT NULL,
    run_at {time} NOT NULL,
    claimed_by {text},
    claimed_until {time},
    attempts {int} NOT NULL,
    unique_key {text} UNIQUE,
    trouble {text},
    done_at {time}
) {strict};
CREATE INDEX job_waiting ON job (run_at) WHERE done_at IS NULL;
CREATE INDEX job_done ON job (done_at) WHERE done_at IS NOT NULL;

-- Commands already done, for ever: the same again gets the same answer.
CREATE TABLE command (
    id {uuid} NOT NULL PRIMARY KEY,
    actor {uuid},
    action {text} NOT NULL,
    body_hash {bytes} NOT NULL,
    answer {bytes} NOT NULL,
    at {time} NOT NULL
) {strict};
