-- What a day lists is found by whose it is. By the programme would be by nearly every row of a database with one large programme.
DROP INDEX contact_writer;
CREATE INDEX contact_writer ON contact (writer, programme, signed_at);
DROP INDEX contact_review;
CREATE INDEX contact_unread ON contact (writer, programme, review) WHERE review IN ('waiting', 'asked');
CREATE INDEX contact_draft ON contact (writer, due) WHERE signed_at IS NULL;
CREATE INDEX support_responsible ON support (responsible, programme);
-- With whom nobody walks: kept beside each record, so that they are found without going through everybody. An older program beside
-- this one leaves it as it was; who lost somebody that way is found by the last day of it.
ALTER TABLE person ADD COLUMN alone {bool} NOT NULL DEFAULT TRUE;
UPDATE person SET alone = FALSE WHERE EXISTS (SELECT 1 FROM support s WHERE s.person = person.id AND s.walking);
CREATE INDEX person_alone ON person (programme, added_at) WHERE alone;
CREATE INDEX support_ended ON support (ended_on) WHERE ended_on IS NOT NULL;
