-- The earliest instant of what a run brought for an account-month, in microseconds: a checkpoint of the month holds only
-- while nothing came before it. Of what is here already nobody knows it, so it is before everything.
ALTER TABLE account_month_usage ADD COLUMN first_occurred_at BIGINT DEFAULT 0 NOT NULL;
