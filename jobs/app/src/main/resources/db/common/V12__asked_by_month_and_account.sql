-- What a night, a close and a proof ask for by month or by account, however old the home is.
CREATE INDEX statement_revision_month ON statement_revision (month, account_id, revision);
CREATE INDEX account_month_close_month ON account_month_close (month);
CREATE INDEX invoice_account ON invoice (account_id, month);
CREATE INDEX usage_conflict_account ON usage_conflict (account_id);
