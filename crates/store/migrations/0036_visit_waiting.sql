-- Visits that somebody still has to be asked or told about. They are few; visits that are booked or under way are not.
CREATE INDEX visit_to_ask ON visit (state, ask_at) WHERE asked_at IS NULL;
CREATE INDEX visit_to_tell ON visit (state, tell_at) WHERE answered_at IS NULL AND told_at IS NULL;
CREATE INDEX visit_unanswered ON visit (programme, tell_at) WHERE answered_at IS NULL AND state IN ('booked', 'under_way');
