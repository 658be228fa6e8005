-- A meeting of a person's team, sealed under the person's key. When it is stands beside it, for lists.
CREATE TABLE team_meeting (
    id {uuid} NOT NULL PRIMARY KEY,
    programme {uuid} NOT NULL,
    person {uuid} NOT NULL REFERENCES person (id),
    at {time} NOT NULL,
    open {bool} NOT NULL,
    body {bytes} NOT NULL,
    version {int} NOT NULL
) {strict};
CREATE INDEX team_meeting_person ON team_meeting (person, at);
