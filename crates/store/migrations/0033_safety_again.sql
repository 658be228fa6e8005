-- The day on which somebody looks at a report again, beside what is sealed, so that it can be asked for.
ALTER TABLE safety ADD COLUMN look_again {text};
CREATE INDEX safety_look_again ON safety (look_again) WHERE look_again IS NOT NULL;
