-- A closed account-month in dispute: computed anew by a run of its own. price_book is empty where the terms name it.
CREATE TABLE dispute (
    dispute_id BIGINT PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES runs,
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    price_book VARCHAR(500) NOT NULL,
    opened_on DATE NOT NULL
);

CREATE INDEX dispute_account ON dispute (account_id, month);

-- The events that it leaves out.
CREATE TABLE dispute_exclusion (
    dispute_id BIGINT NOT NULL REFERENCES dispute,
    namespace VARCHAR(200) NOT NULL,
    event_id VARCHAR(1000) NOT NULL,
    PRIMARY KEY (dispute_id, namespace, event_id)
);

-- What its run came to: the disputed revision, what was invoiced for the usage month until then, and what differs.
CREATE TABLE dispute_revision (
    dispute_id BIGINT PRIMARY KEY REFERENCES dispute,
    revision INT NOT NULL,
    result_sha256 CHAR(64) NOT NULL,
    statement ${text} NOT NULL,
    outcome ${text} NOT NULL
);

-- The one decision of a person. Runs up to after_run_id do not know it. An approval moves the correction in the open month.
CREATE TABLE dispute_decision (
    dispute_id BIGINT PRIMARY KEY REFERENCES dispute,
    approved BOOLEAN NOT NULL,
    decided_on DATE NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by VARCHAR(200) NOT NULL,
    note VARCHAR(2000) NOT NULL,
    after_run_id BIGINT NOT NULL REFERENCES runs,
    open_month CHAR(7) NOT NULL,
    correction ${text} NOT NULL
);

-- The dispute whose difference a document states; 0 for the document of a close.
ALTER TABLE invoice ADD COLUMN dispute_id BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE invoice ALTER COLUMN kind SET DATA TYPE VARCHAR(20);
