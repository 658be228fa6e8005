CREATE TABLE permission (
    programme {uuid} NOT NULL REFERENCES programme (id),
    measure {text} NOT NULL,
    body {bytes} NOT NULL,
    at {time} NOT NULL,
    PRIMARY KEY (programme, measure)
) {strict};
