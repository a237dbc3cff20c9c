-- What a file of held records had when it was listed, as every other file of the lake; null in rows of before.
ALTER TABLE held_file ADD COLUMN bytes BIGINT;
ALTER TABLE held_file ADD COLUMN sha256 CHAR(64);

-- Files of the lake that retention took away, listed before they go, so that nobody takes it for damage. The rows that list
-- a file stay.
CREATE TABLE dropped_file (
    path VARCHAR(1000) PRIMARY KEY,
    bytes BIGINT NOT NULL,
    rule VARCHAR(40) NOT NULL,
    dropped_on DATE NOT NULL
);

-- The months of a delivery's records.
CREATE VIEW delivery_month AS
SELECT DISTINCT delivery_id, SUBSTRING(CAST(usage_date AS VARCHAR(10)) FROM 1 FOR 7) AS month
FROM delivery_day;
