-- Two indexes were the same.
DROP INDEX contact_writer_signed;
-- What was put beside somebody's notes lately is found by whose they are, however many notes they have written. An older
-- program beside this one leaves it empty; such rows are found by their time.
ALTER TABLE addition ADD COLUMN writer {uuid};
UPDATE addition SET writer = (SELECT writer FROM contact WHERE contact.id = addition.contact);
CREATE INDEX addition_writer ON addition (writer, at);
