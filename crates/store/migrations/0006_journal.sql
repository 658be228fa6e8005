-- The journal of one programme is read by itself.
CREATE INDEX journal_by_programme ON journal (programme, at) WHERE programme IS NOT NULL;
