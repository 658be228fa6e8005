-- What was found by reading a whole table, and is now found by an index: sessions of a role that ends, answers about one worker,
-- ladders that nobody stopped, emergency looks whose person was not told, and which keys of the ring something lies under.
CREATE INDEX session_membership ON session (membership);
CREATE INDEX worker_due_account ON worker_due (account);
CREATE INDEX ladder_run_open ON ladder_run (started_at) WHERE stopped_at IS NULL;
CREATE INDEX emergency_untold ON emergency (from_at) WHERE told_at IS NULL;
CREATE INDEX data_key_ring ON data_key (ring_key) WHERE wrapped IS NOT NULL;
