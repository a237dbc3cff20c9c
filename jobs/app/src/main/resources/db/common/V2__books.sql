-- The books: what ran, what was delivered, what is listed, what was decided.
-- Instants are microseconds since 1970-01-01T00:00:00Z. Amounts are exact; the store refuses what does not fit.

CREATE TABLE reference_version (
    sha256 CHAR(64) PRIMARY KEY,
    content ${text} NOT NULL
);

CREATE TABLE runs (
    run_id BIGINT PRIMARY KEY,
    job VARCHAR(30) NOT NULL,
    business_date DATE NOT NULL,
    month CHAR(7) NOT NULL,
    as_of BIGINT NOT NULL,
    configuration_sha256 CHAR(64) NOT NULL,
    program_version VARCHAR(40) NOT NULL,
    waivers VARCHAR(4000) NOT NULL,
    last_decision BIGINT NOT NULL,
    status VARCHAR(12) NOT NULL,
    verdict VARCHAR(12),
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE run_reference (
    run_id BIGINT NOT NULL REFERENCES runs,
    file_name VARCHAR(300) NOT NULL,
    sha256 CHAR(64) NOT NULL REFERENCES reference_version,
    PRIMARY KEY (run_id, file_name)
);

-- The unchanging facts of a delivery. A content is taken once; one that could not be read may be delivered again.
CREATE TABLE delivery (
    delivery_id BIGINT PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES runs,
    night DATE NOT NULL,
    source VARCHAR(100) NOT NULL,
    profile VARCHAR(40) NOT NULL,
    format VARCHAR(20) NOT NULL,
    file_name VARCHAR(500) NOT NULL,
    sha256 CHAR(64) NOT NULL,
    bytes BIGINT NOT NULL,
    archive_path VARCHAR(1000) NOT NULL
);

CREATE INDEX delivery_content ON delivery (sha256);

-- A file that came again, byte for byte: skipped as a whole.
CREATE TABLE delivery_repeat (
    run_id BIGINT NOT NULL REFERENCES runs,
    source VARCHAR(100) NOT NULL,
    file_name VARCHAR(500) NOT NULL,
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    control_sha256 CHAR(64),
    PRIMARY KEY (run_id, source, file_name)
);

-- What the control file of a delivery says of it, as it was read when the delivery was registered. A figure that is not
-- set is one that the control file does not name; problem is not empty where the control file cannot be used.
CREATE TABLE delivery_control (
    delivery_id BIGINT PRIMARY KEY REFERENCES delivery,
    sha256 CHAR(64) NOT NULL,
    archive_path VARCHAR(1000) NOT NULL,
    records NUMERIC(38),
    content_sha256 CHAR(64),
    input_tokens NUMERIC(38),
    output_tokens NUMERIC(38),
    problem VARCHAR(2000) NOT NULL
);

-- What a run saw in the inbox and left there.
CREATE TABLE inbox_waiting (
    run_id BIGINT NOT NULL REFERENCES runs,
    source VARCHAR(100) NOT NULL,
    file_name VARCHAR(500) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    PRIMARY KEY (run_id, source, file_name)
);

-- Which days the records of a delivery are of, without those that were rejected.
CREATE TABLE delivery_day (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    usage_date DATE NOT NULL,
    records BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, usage_date)
);

-- What a run did with records of a delivery. The sum over all runs is where each record is now; a held record that is
-- taken later appears as held -1 and, say, accepted +1.
CREATE TABLE delivery_outcome (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    run_id BIGINT NOT NULL REFERENCES runs,
    records BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    duplicate BIGINT NOT NULL,
    conflict BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    held BIGINT NOT NULL,
    not_billable BIGINT NOT NULL,
    input_tokens NUMERIC(38) NOT NULL,
    output_tokens NUMERIC(38) NOT NULL,
    PRIMARY KEY (delivery_id, run_id)
);

-- Why a delivery as a whole could not be taken.
CREATE TABLE delivery_problem (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    run_id BIGINT NOT NULL REFERENCES runs,
    code VARCHAR(7) NOT NULL,
    message VARCHAR(2000) NOT NULL,
    expected NUMERIC(38),
    actual NUMERIC(38),
    PRIMARY KEY (delivery_id, run_id)
);

CREATE TABLE delivery_rejection (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    run_id BIGINT NOT NULL REFERENCES runs,
    code VARCHAR(7) NOT NULL,
    records BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    first_message VARCHAR(2000) NOT NULL,
    PRIMARY KEY (delivery_id, run_id, code)
);

-- Where the rejected records of a delivery lie verbatim.
CREATE TABLE rejected_file (
    path VARCHAR(500) NOT NULL,
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    run_id BIGINT NOT NULL REFERENCES runs,
    records BIGINT NOT NULL,
    PRIMARY KEY (path, delivery_id)
);

-- Held records wait in a file until reference data knows their account; a run that reads the file again releases it
-- and lists what is still held anew.
CREATE TABLE held_file (
    path VARCHAR(500) PRIMARY KEY,
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    run_id BIGINT NOT NULL REFERENCES runs,
    records BIGINT NOT NULL,
    released_by BIGINT REFERENCES runs
);

CREATE TABLE held_subject (
    path VARCHAR(500) NOT NULL REFERENCES held_file,
    by_key BOOLEAN NOT NULL,
    subject VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    records BIGINT NOT NULL,
    PRIMARY KEY (path, by_key, subject, month)
);

-- Files of the lake that count, beside the usage and index segments.
CREATE TABLE lake_file (
    path VARCHAR(500) PRIMARY KEY,
    kind VARCHAR(20) NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    bytes BIGINT NOT NULL,
    sha256 CHAR(64) NOT NULL
);

CREATE TABLE usage_segment (
    path VARCHAR(500) PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES runs,
    month CHAR(7) NOT NULL,
    shard INT NOT NULL,
    records BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 CHAR(64) NOT NULL,
    first_account_id VARCHAR(500) NOT NULL,
    last_account_id VARCHAR(500) NOT NULL,
    min_occurred_at BIGINT NOT NULL,
    max_occurred_at BIGINT NOT NULL
);

CREATE TABLE index_segment (
    path VARCHAR(500) PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES runs,
    shard INT NOT NULL,
    identity VARCHAR(10) NOT NULL,
    known_from BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 CHAR(64) NOT NULL
);

-- What a run brought for an account-month: the statement must find exactly the sum of it in the lake.
CREATE TABLE account_month_usage (
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    shard INT NOT NULL,
    events BIGINT NOT NULL,
    restated BIGINT NOT NULL,
    not_billable BIGINT NOT NULL,
    quantity NUMERIC(38) NOT NULL,
    PRIMARY KEY (account_id, month, run_id)
);

-- A person's decision to move an event to another account; a night takes it.
CREATE TABLE reassignment (
    reassignment_id BIGINT PRIMARY KEY,
    month CHAR(7) NOT NULL,
    namespace VARCHAR(200) NOT NULL,
    event_id VARCHAR(1000) NOT NULL,
    from_account_id VARCHAR(500) NOT NULL,
    to_account_id VARCHAR(500) NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE run_reassignment (
    reassignment_id BIGINT PRIMARY KEY REFERENCES reassignment,
    run_id BIGINT NOT NULL REFERENCES runs
);

-- How many events it moved; no row where the month was closed meanwhile.
CREATE TABLE reassignment_outcome (
    reassignment_id BIGINT PRIMARY KEY REFERENCES reassignment,
    run_id BIGINT NOT NULL REFERENCES runs,
    events BIGINT NOT NULL
);

CREATE TABLE usage_conflict (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    namespace VARCHAR(200) NOT NULL,
    event_id VARCHAR(1000) NOT NULL,
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    first_delivery_id BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, line)
);

-- What one partition of one step of one run handed back; later steps and a resumed run read it.
CREATE TABLE partition_manifest (
    run_id BIGINT NOT NULL REFERENCES runs,
    step VARCHAR(30) NOT NULL,
    partition_name VARCHAR(100) NOT NULL,
    manifest ${text} NOT NULL,
    PRIMARY KEY (run_id, step, partition_name)
);

CREATE TABLE credit_entry (
    account_id VARCHAR(500) NOT NULL,
    entry_id VARCHAR(500) NOT NULL,
    credit_id VARCHAR(500) NOT NULL,
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    entry VARCHAR(10) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    amount ${amount},
    tax_amount ${amount} NOT NULL,
    currency CHAR(3) NOT NULL,
    booked_at BIGINT NOT NULL,
    effective_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    priority INT NOT NULL,
    payment_reference VARCHAR(500) NOT NULL,
    payment_method VARCHAR(500) NOT NULL,
    purchase_invoice VARCHAR(500) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    scope_provider VARCHAR(500) NOT NULL,
    scope_model VARCHAR(500) NOT NULL,
    content_sha256 CHAR(64) NOT NULL,
    PRIMARY KEY (account_id, entry_id)
);

CREATE TABLE recorded_balance (
    account_id VARCHAR(500) NOT NULL,
    as_of BIGINT NOT NULL,
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    balance ${amount} NOT NULL,
    currency CHAR(3) NOT NULL,
    PRIMARY KEY (account_id, as_of)
);

CREATE TABLE payment (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    payment_id VARCHAR(500) NOT NULL,
    processor VARCHAR(500) NOT NULL,
    method VARCHAR(500) NOT NULL,
    account_id VARCHAR(500) NOT NULL,
    reference VARCHAR(500) NOT NULL,
    status VARCHAR(500) NOT NULL,
    amount ${amount} NOT NULL,
    fee ${amount} NOT NULL,
    currency CHAR(3) NOT NULL,
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    decline_code VARCHAR(500) NOT NULL,
    parent_payment_id VARCHAR(500) NOT NULL,
    PRIMARY KEY (delivery_id, line)
);

-- A credit, balance or payment record whose account or grant is not known yet, verbatim.
CREATE TABLE held_entry (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    subject VARCHAR(500) NOT NULL,
    fields ${text} NOT NULL,
    byte_offset BIGINT NOT NULL,
    header ${text},
    raw ${text} NOT NULL,
    released_by BIGINT REFERENCES runs,
    PRIMARY KEY (delivery_id, line)
);

-- A credit or balance record that contradicts one that was taken before.
CREATE TABLE feed_conflict (
    delivery_id BIGINT NOT NULL REFERENCES delivery,
    line BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    subject VARCHAR(1100) NOT NULL,
    first_delivery_id BIGINT NOT NULL REFERENCES delivery,
    first_line BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, line)
);

CREATE TABLE statement_revision (
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    revision INT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    shard INT NOT NULL,
    as_of BIGINT NOT NULL,
    status VARCHAR(12) NOT NULL,
    result_sha256 CHAR(64) NOT NULL,
    dependency_sha256 CHAR(64) NOT NULL,
    content ${text} NOT NULL,
    currency CHAR(3) NOT NULL,
    events BIGINT NOT NULL,
    usage_amount ${amount} NOT NULL,
    credit_amount ${amount} NOT NULL,
    payg_amount ${amount} NOT NULL,
    overage_amount ${amount} NOT NULL,
    surcharge_amount ${amount} NOT NULL,
    carried_amount ${amount} NOT NULL,
    unfunded_amount ${amount} NOT NULL,
    unpriced_quantity NUMERIC(38) NOT NULL,
    receivable_amount ${amount} NOT NULL,
    opening_balance ${amount} NOT NULL,
    granted_amount ${amount} NOT NULL,
    restored_amount ${amount} NOT NULL,
    drawn_amount ${amount} NOT NULL,
    expired_amount ${amount} NOT NULL,
    withdrawn_amount ${amount} NOT NULL,
    closing_balance ${amount} NOT NULL,
    opening_debt ${amount} NOT NULL,
    settled_debt ${amount} NOT NULL,
    closing_debt ${amount} NOT NULL,
    PRIMARY KEY (account_id, month, revision)
);

-- Inputs of the last computation of an account; equal inputs need no computation.
CREATE TABLE account_dependency (
    account_id VARCHAR(500) PRIMARY KEY,
    run_id BIGINT NOT NULL REFERENCES runs,
    as_of BIGINT NOT NULL,
    dependency_sha256 CHAR(64) NOT NULL
);

CREATE TABLE computed_balance (
    account_id VARCHAR(500) NOT NULL,
    as_of BIGINT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    balance ${amount} NOT NULL,
    PRIMARY KEY (account_id, as_of)
);

CREATE TABLE account_problem (
    run_id BIGINT NOT NULL REFERENCES runs,
    account_id VARCHAR(500) NOT NULL,
    code VARCHAR(7) NOT NULL,
    message VARCHAR(2000) NOT NULL,
    PRIMARY KEY (run_id, account_id)
);

-- Breaks as the last run left them. decided_to is the last decision that is in the row.
CREATE TABLE break_case (
    break_id CHAR(14) PRIMARY KEY,
    code VARCHAR(40) NOT NULL,
    subject VARCHAR(2000) NOT NULL,
    period VARCHAR(40) NOT NULL,
    account_id VARCHAR(500) NOT NULL,
    severity VARCHAR(10) NOT NULL,
    state VARCHAR(14) NOT NULL,
    resolution VARCHAR(14) NOT NULL,
    expected ${amount},
    actual ${amount},
    difference ${amount},
    currency VARCHAR(3) NOT NULL,
    cause VARCHAR(2000) NOT NULL,
    evidence VARCHAR(4000) NOT NULL,
    first_seen DATE NOT NULL,
    last_seen DATE NOT NULL,
    occurrences INT NOT NULL,
    grace_until DATE,
    decided_to BIGINT NOT NULL
);

CREATE INDEX break_case_state ON break_case (state);
CREATE INDEX break_case_account ON break_case (account_id);

-- A person's decision on a break; frozen is the break as it was decided on. Only appended. A run knows those up to its
-- last_decision.
CREATE TABLE break_decision (
    decision_id BIGINT PRIMARY KEY,
    break_id CHAR(14) NOT NULL REFERENCES break_case,
    account_id VARCHAR(500) NOT NULL,
    period VARCHAR(40) NOT NULL,
    decision VARCHAR(14) NOT NULL,
    decided_on DATE NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by VARCHAR(200) NOT NULL,
    note VARCHAR(2000) NOT NULL,
    frozen ${text} NOT NULL
);

CREATE INDEX break_decision_account ON break_decision (account_id, period);

-- What runs made of a break, kept for ever.
CREATE TABLE break_history (
    break_id CHAR(14) NOT NULL REFERENCES break_case,
    sequence INT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    changed_on DATE NOT NULL,
    state VARCHAR(14) NOT NULL,
    resolution VARCHAR(14) NOT NULL,
    PRIMARY KEY (break_id, sequence)
);

CREATE TABLE account_month_close (
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    revision INT NOT NULL,
    run_id BIGINT NOT NULL REFERENCES runs,
    closed_on DATE NOT NULL,
    PRIMARY KEY (account_id, month, run_id)
);

CREATE TABLE waiver (
    run_id BIGINT NOT NULL REFERENCES runs,
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    break_id CHAR(14) NOT NULL REFERENCES break_case,
    PRIMARY KEY (run_id, account_id, break_id)
);

CREATE TABLE invoice (
    invoice_id BIGINT PRIMARY KEY,
    account_id VARCHAR(500) NOT NULL,
    month CHAR(7) NOT NULL,
    revision INT NOT NULL,
    kind VARCHAR(10) NOT NULL,
    currency CHAR(3) NOT NULL,
    net_document ${amount} NOT NULL,
    tax_document ${amount} NOT NULL,
    total_document ${amount} NOT NULL,
    content ${text} NOT NULL
);

CREATE TABLE invoice_state (
    invoice_id BIGINT NOT NULL REFERENCES invoice,
    sequence INT NOT NULL,
    state VARCHAR(10) NOT NULL,
    changed_on DATE NOT NULL,
    decided_by VARCHAR(200) NOT NULL,
    note VARCHAR(2000) NOT NULL,
    PRIMARY KEY (invoice_id, sequence)
);

CREATE TABLE number_series (
    series VARCHAR(200) NOT NULL,
    series_year INT NOT NULL,
    last_number BIGINT NOT NULL,
    last_issued_on DATE NOT NULL,
    PRIMARY KEY (series, series_year)
);

CREATE TABLE invoice_number (
    invoice_id BIGINT PRIMARY KEY REFERENCES invoice,
    number VARCHAR(200) NOT NULL UNIQUE,
    issued_on DATE NOT NULL,
    due_on DATE NOT NULL
);

CREATE TABLE invoice_file (
    invoice_id BIGINT PRIMARY KEY REFERENCES invoice,
    file_name VARCHAR(500) NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 CHAR(64) NOT NULL
);

CREATE TABLE journal (
    entry VARCHAR(200) NOT NULL,
    line INT NOT NULL,
    month CHAR(7) NOT NULL,
    booked_on DATE NOT NULL,
    account VARCHAR(40) NOT NULL,
    debit ${amount} NOT NULL,
    credit ${amount} NOT NULL,
    currency CHAR(3) NOT NULL,
    subject VARCHAR(500) NOT NULL,
    account_id VARCHAR(500) NOT NULL,
    PRIMARY KEY (entry, line)
);

CREATE INDEX journal_account ON journal (account_id, month);
