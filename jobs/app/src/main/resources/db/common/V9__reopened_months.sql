-- A rejected draft opens its account-month again. Runs up to after_run_id saw the month as closed.
CREATE TABLE account_month_reopening (
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    close_run_id BIGINT NOT NULL,
    after_run_id BIGINT NOT NULL REFERENCES runs,
    reopened_on DATE NOT NULL,
    PRIMARY KEY (account_id, month, close_run_id),
    FOREIGN KEY (account_id, month, close_run_id) REFERENCES account_month_close (account_id, month, run_id)
);

-- The closes that hold.
CREATE VIEW account_month_closed AS
SELECT c.account_id, c.month, c.revision, c.run_id, c.closed_on
FROM account_month_close c
WHERE NOT EXISTS (
    SELECT 1 FROM account_month_reopening r
    WHERE r.account_id = c.account_id AND r.month = c.month AND r.close_run_id = c.run_id
);
