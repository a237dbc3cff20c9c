-- What providers counted and billed. Of a window of a source the rows of its last delivery hold; the others are history.
CREATE TABLE provider_bucket (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    provider VARCHAR(500) NOT NULL,
    window_from BIGINT NOT NULL,
    window_to BIGINT NOT NULL,
    model VARCHAR(500) NOT NULL,
    quantities ${text} NOT NULL,
    PRIMARY KEY (delivery_id, line)
);
CREATE INDEX provider_bucket_window ON provider_bucket (provider, window_from);

CREATE TABLE provider_charge (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    provider VARCHAR(500) NOT NULL,
    window_from BIGINT NOT NULL,
    window_to BIGINT NOT NULL,
    category VARCHAR(20) NOT NULL,
    line_item VARCHAR(500) NOT NULL,
    model VARCHAR(500) NOT NULL,
    meter VARCHAR(30),
    quantity ${amount},
    amount ${amount} NOT NULL,
    currency VARCHAR(3) NOT NULL,
    PRIMARY KEY (delivery_id, line)
);
CREATE INDEX provider_charge_window ON provider_charge (provider, window_from);
