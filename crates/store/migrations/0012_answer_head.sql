-- What nobody wrote over is what a document says now. These two columns are an index beside the answers and no part of
-- them: they can be made again from what each was written over, as this does for answers that are here already.
ALTER TABLE answer ADD COLUMN first {int} NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN head {bool} NOT NULL DEFAULT TRUE;

UPDATE answer SET first = (
    SELECT MIN(earlier.number) FROM answer AS earlier
    WHERE earlier.document = answer.document AND earlier.question = answer.question AND earlier.item = answer.item
);
UPDATE answer SET head = FALSE WHERE EXISTS (
    SELECT 1 FROM answer AS later
    WHERE later.document = answer.document AND later.question = answer.question AND later.item = answer.item
      AND later.number > answer.number AND {find_bytes}(later.over, {uuid_bytes}(answer.id)) > 0
);

CREATE INDEX answer_head ON answer (document, number) WHERE head;
