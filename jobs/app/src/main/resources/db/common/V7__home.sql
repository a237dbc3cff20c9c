-- Which home these books belong to, and which process holds them: one row, or none while the books are an H2 file, which
-- nobody can mistake. Whoever does not find itself in holder before a commit has lost the books and commits nothing.
CREATE TABLE home (
    home_id CHAR(36) PRIMARY KEY,
    holder VARCHAR(36) NOT NULL
);
