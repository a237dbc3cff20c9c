-- An XRechnung lies beside its PDF: an invoice may have several files.
CREATE TABLE invoice_files (
    invoice_id BIGINT NOT NULL REFERENCES invoice,
    file_name VARCHAR(500) NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (invoice_id, file_name)
);
INSERT INTO invoice_files SELECT invoice_id, file_name, bytes, sha256 FROM invoice_file;
DROP TABLE invoice_file;
ALTER TABLE invoice_files RENAME TO invoice_file;
