-- Each payment record is looked up by its id when it is taken: without an index a file of 100,000 compares each with all.
CREATE INDEX payment_by_id ON payment (payment_id);
