-- A night in DuckDB: usage of October from CSV to statements, lines and daily balances.
-- Amounts are whole numbers of 10^-12 US dollars, which favours the engine over exact decimals.
-- The harness has set: deliveries, credits, config (a folder), opening (a file), history (a table), out (a folder).

-- Usage that is new, once, and as Parquet.
CREATE TEMP TABLE usage AS
SELECT * FROM (
    SELECT DISTINCT ON (event_id) *
    FROM read_csv(getvariable('deliveries'), header = true, columns = {
        'event_id': 'VARCHAR', 'occurred_at': 'TIMESTAMPTZ', 'account_id': 'VARCHAR', 'project_id': 'VARCHAR',
        'api_key_id': 'VARCHAR', 'provider': 'VARCHAR', 'model': 'VARCHAR', 'service_tier': 'VARCHAR',
        'status': 'VARCHAR', 'input_tokens': 'BIGINT', 'cached_input_tokens': 'BIGINT',
        'cache_write_tokens': 'BIGINT', 'output_tokens': 'BIGINT', 'reasoning_tokens': 'BIGINT',
        'audio_input_tokens': 'BIGINT', 'audio_output_tokens': 'BIGINT', 'units': 'BIGINT', 'requests': 'BIGINT'}))
ANTI JOIN history USING (event_id);

COPY usage TO 'OUT/usage.parquet' (FORMAT parquet, COMPRESSION zstd);

-- The price of each meter from each instant on at which a price of the model changes; an exact provider before any.
CREATE TEMP TABLE price AS
WITH listed AS (
    SELECT each.provider, listing.model, listing.meter,
        (listing.unit_price::DECIMAL(18, 9) * (1000000000000 // coalesce(listing.per_units, 1)))::BIGINT AS price,
        listing.effective_from, coalesce(listing.effective_to, DATE '9999-12-31') AS effective_to,
        listing.provider <> '*' AS exact
    FROM read_csv(getvariable('config') || '/prices/standard-usd.csv', header = true, all_varchar = false) listing
    JOIN (SELECT unnest(['openai', 'azure']) AS provider) each ON listing.provider IN (each.provider, '*')
    WHERE coalesce(listing.service_tier, '') = ''
), change AS (
    SELECT DISTINCT provider, model, effective_from FROM listed
), held AS (
    SELECT change.provider, change.model, change.effective_from, listed.meter, arg_max(listed.price, listed.exact) AS price
    FROM change JOIN listed ON listed.provider = change.provider AND listed.model = change.model
        AND listed.effective_from <= change.effective_from AND change.effective_from < listed.effective_to
    GROUP BY ALL
), row AS (
    SELECT provider, model, effective_from,
        max(price) FILTER (meter = 'input') AS input,
        coalesce(max(price) FILTER (meter = 'cached_input'), max(price) FILTER (meter = 'input')) AS cached_input,
        max(price) FILTER (meter = 'output') AS output,
        coalesce(max(price) FILTER (meter = 'request'), 0) AS request
    FROM held GROUP BY ALL
), named AS (
    SELECT provider, model AS logged, model FROM change
    UNION
    SELECT alias.provider, alias.alias, alias.model
    FROM read_csv(getvariable('config') || '/models.csv', header = true) alias
)
SELECT named.logged, row.*, row.effective_from::TIMESTAMPTZ AS effective_at
FROM row JOIN named ON named.provider = row.provider AND named.model = row.model;

-- Who may draw what: two grants, of which one expires, less the debt that they settle when they begin.
CREATE TEMP TABLE account AS
WITH granted AS (
    SELECT account_id,
        coalesce(sum(amount::DECIMAL(18, 12)) FILTER (kind = 'promo'), 0) * 1000000000000 AS promo,
        coalesce(sum(amount::DECIMAL(18, 12)) FILTER (kind = 'adjustment'), 0) * 1000000000000 AS credit,
        max(expires_at) AS expires_at
    FROM read_csv(getvariable('credits'), header = true, types = {'amount': 'VARCHAR', 'expires_at': 'TIMESTAMPTZ'})
    GROUP BY account_id
), owing AS (
    SELECT account_id, (closing_debt::DECIMAL(18, 12) * 1000000000000)::BIGINT AS debt
    FROM read_csv(getvariable('opening'), header = true, all_varchar = true)
), joined AS (
    SELECT terms.account_id, terms.billing_mode, coalesce(terms.overage_policy, '') AS overage_policy,
        coalesce(granted.promo, 0)::BIGINT AS promo, coalesce(granted.credit, 0)::BIGINT AS credit,
        coalesce(granted.expires_at, TIMESTAMPTZ '9999-12-31') AS expires_at, coalesce(owing.debt, 0) AS debt
    FROM read_csv(getvariable('config') || '/terms.csv', header = true, all_varchar = true) terms
    LEFT JOIN granted USING (account_id) LEFT JOIN owing USING (account_id)
)
SELECT account_id, billing_mode, overage_policy, expires_at, debt, promo + credit AS granted,
    least(debt, promo + credit) AS settled,
    promo - least(debt, promo) AS promo,
    credit - least(debt - least(debt, promo), credit) AS credit
FROM joined;

CREATE TEMP TABLE charge AS
SELECT usage.account_id, usage.occurred_at, usage.event_id, price.provider, price.model, price.effective_at,
    price.input AS input_price, price.cached_input AS cached_input_price, price.output AS output_price,
    price.request AS request_price,
    coalesce(usage.input_tokens, 0) - coalesce(usage.cached_input_tokens, 0) AS input,
    coalesce(usage.cached_input_tokens, 0) AS cached_input,
    coalesce(usage.output_tokens, 0) AS output,
    (coalesce(usage.input_tokens, 0) - coalesce(usage.cached_input_tokens, 0)) * price.input
        + coalesce(usage.cached_input_tokens, 0) * price.cached_input
        + coalesce(usage.output_tokens, 0) * price.output + price.request AS charge
FROM usage ASOF JOIN price
    ON usage.provider = price.provider AND usage.model = price.logged AND usage.occurred_at >= price.effective_at
WHERE usage.status = 'ok';

-- What an account had used when its promotion expired; one without usage, credit and debt has no statement.
CREATE TEMP TABLE expiry AS
SELECT account.*, coalesce(sum(charge.charge) FILTER (charge.occurred_at < account.expires_at), 0)::BIGINT AS used_at_expiry
FROM account LEFT JOIN charge USING (account_id)
GROUP BY ALL
HAVING count(charge.event_id) > 0 OR granted <> 0 OR debt <> 0;

CREATE TEMP MACRO drawn(used, at_expiry, promo, credit, expired) AS
    CASE WHEN NOT expired THEN least(used, promo + credit)
    ELSE least(at_expiry, promo + credit)
        + least(used - at_expiry, credit - greatest(0, least(at_expiry, promo + credit) - promo)) END;

-- Event by event, in order: what credit pays of it.
CREATE TEMP TABLE paid AS
WITH ordered AS (
    SELECT account_id, occurred_at, provider, model, effective_at, input_price, cached_input_price, output_price,
        request_price, input, cached_input, output, charge,
        (sum(charge) OVER (PARTITION BY account_id ORDER BY occurred_at, event_id ROWS UNBOUNDED PRECEDING))::BIGINT AS used
    FROM charge
)
SELECT ordered.*, ordered.occurred_at::DATE AS day,
    drawn(ordered.used, used_at_expiry, promo, credit, occurred_at >= expires_at)
        - drawn(ordered.used - charge, used_at_expiry, promo, credit, occurred_at >= expires_at) AS credit_part
FROM ordered JOIN expiry USING (account_id);

CREATE TEMP TABLE daily AS
SELECT account_id, day, sum(charge)::BIGINT AS usage, sum(credit_part)::BIGINT AS drawn FROM paid GROUP BY ALL;

COPY (
    WITH used AS (
        SELECT account_id, provider, model, effective_at, input_price, cached_input_price, output_price, request_price,
            sum(input)::BIGINT AS input, sum(cached_input)::BIGINT AS cached_input, sum(output)::BIGINT AS output,
            count(*) AS requests
        FROM paid GROUP BY ALL
    ), line AS (
        SELECT account_id, provider, model, unnest(['input', 'cached_input', 'output', 'request']) AS meter,
            unnest([input_price, cached_input_price, output_price, request_price]) AS price,
            unnest([input, cached_input, output, requests]) AS quantity
        FROM used
    )
    SELECT account_id, provider, model, meter, price, sum(quantity)::BIGINT AS quantity
    FROM line WHERE quantity > 0 GROUP BY ALL
) TO 'OUT/lines.parquet' (FORMAT parquet);

COPY (
    SELECT expiry.account_id, sum(coalesce(daily.usage, 0))::BIGINT AS usage,
        sum(coalesce(daily.drawn, 0))::BIGINT AS credit_paid,
        sum(coalesce(daily.usage - daily.drawn, 0))::BIGINT AS uncovered,
        any_value(billing_mode) AS billing_mode, any_value(overage_policy) AS overage_policy,
        any_value(granted) AS granted, any_value(settled) AS settled, any_value(debt) AS debt,
        any_value(promo - least(promo, used_at_expiry)) AS expired
    FROM expiry LEFT JOIN daily USING (account_id)
    GROUP BY expiry.account_id
) TO 'OUT/statements.parquet' (FORMAT parquet);

COPY (
    WITH calendar AS (
        SELECT account_id, unnest(generate_series(DATE '2026-10-01', DATE '2026-10-31', INTERVAL 1 DAY))::DATE AS day
        FROM account
    ), running AS (
        SELECT calendar.account_id, calendar.day, coalesce(daily.usage, 0) AS usage,
            sum(coalesce(daily.usage, 0)) OVER day AS used, sum(coalesce(daily.drawn, 0)) OVER day AS drawn
        FROM calendar LEFT JOIN daily USING (account_id, day)
        WINDOW day AS (PARTITION BY calendar.account_id ORDER BY calendar.day)
    )
    SELECT running.account_id, running.day, running.usage,
        (promo + credit - drawn - CASE WHEN day + 1 > expires_at::DATE THEN promo - least(promo, used_at_expiry) ELSE 0 END)::BIGINT
            AS balance,
        (debt - settled + CASE WHEN overage_policy = 'carry' THEN used - drawn ELSE 0 END)::BIGINT AS debt
    FROM running JOIN expiry USING (account_id)
) TO 'OUT/daily.parquet' (FORMAT parquet);
