-- What a night booked of a payment for the invoice that it names: the signed change of what stands of it. The sum of an
-- invoice's rows is what is paid of it.
CREATE TABLE invoice_payment (
    processor VARCHAR(500) NOT NULL,
    payment_id VARCHAR(500) NOT NULL,
    sequence INT NOT NULL,
    number VARCHAR(200) NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    booked_on DATE NOT NULL,
    amount ${amount} NOT NULL,
    PRIMARY KEY (processor, payment_id, sequence)
);
CREATE INDEX invoice_payment_number ON invoice_payment (number);

-- A posting is named after what it posts, and the ids of an account, a credit and an entry have up to 500 characters each.
ALTER TABLE journal ALTER COLUMN entry SET DATA TYPE VARCHAR(1200);
ALTER TABLE journal ALTER COLUMN subject SET DATA TYPE VARCHAR(1200);
