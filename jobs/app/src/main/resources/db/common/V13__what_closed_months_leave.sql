-- What an account's closed months leave up to that close, so that a night need not read every statement ever closed. It counts
-- while the close holds, and can be made again: a migration that changes its form empties the table.
CREATE TABLE frozen_account (
    account_id VARCHAR(500) PRIMARY KEY,
    month CHAR(7) NOT NULL,
    run_id BIGINT NOT NULL,
    content ${text} NOT NULL,
    FOREIGN KEY (account_id, month, run_id) REFERENCES account_month_close (account_id, month, run_id)
);
