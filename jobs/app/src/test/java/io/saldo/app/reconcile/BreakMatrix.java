package io.saldo.app.reconcile;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.reconcile.BreakCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is delivered over a few nights so that each code of a break lives its whole life, beside the nearest case that
 * is none.
 *
 * <p>A night is a number: 0 is the last of October, which is then closed; 1 to 4 are the days from 2026-11-02 on, and 5 is the
 * date of 4 once more. Every code has one day of grace.
 */
final class BreakMatrix {
    /** The business date of each night. */
    static final List<String> NIGHTS =
            List.of("2026-10-31", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-05");

    private static final Map<String, String> COLUMNS = Map.of(
            "usage", "event_id,occurred_at,account_id,api_key_id,provider,model,input_tokens",
            "daily", "event_id,occurred_at,account_id,api_key_id,provider,model,input_tokens",
            "next-day", "event_id,occurred_at,account_id,api_key_id,provider,model,input_tokens",
            "idle", "event_id,occurred_at,account_id,api_key_id,provider,model,input_tokens",
            "credits",
                    "entry_id,credit_id,account_id,entry,kind,amount,booked_at,effective_at,payment_reference,payment_method,reason",
            "payments", "payment_id,method,account_id,reference,status,amount,currency,created_at,parent_payment_id",
            "balances", "account_id,as_of,balance,currency",
            "counted", "window_start,window_end,model,input_tokens",
            "billed", "window_start,window_end,model,amount");

    private final Map<BreakCode, Row> rows = new EnumMap<>(BreakCode.class);
    private final List<Map<String, List<String>>> records = new ArrayList<>();
    private final List<List<Step>> steps = new ArrayList<>();
    private final StringBuilder accounts =
            new StringBuilder("account_id,name,country,currency,tax_profile,closed_on\n");
    private final StringBuilder terms =
            new StringBuilder("account_id,billing_mode,price_book,overage_policy,monthly_overage_cap\n");

    BreakMatrix() {
        for (int night = 0; night < NIGHTS.size(); night++) {
            records.add(new TreeMap<>());
            steps.add(new ArrayList<>());
        }
    }

    /** Something done to the home before a night. */
    interface Step {
        void on(SmallHome home) throws IOException;
    }

    /**
     * One break.
     *
     * @param life its nights and what persons decided between them, such as {@code 1 pending, 2 open, 3 resolved auto}
     */
    record Life(String subject, String period, String accountId, String life) {}

    /** A code: its breaks, what of it is not as with the others and why, and the nearest case that is none. */
    static final class Row {
        final List<Life> lives = new ArrayList<>();
        String near = "";
        String staysBecause = "";

        Row life(String subject, String period, String life) {
            return life(subject, period, "", life);
        }

        Row life(String subject, String period, String accountId, String life) {
            lives.add(new Life(subject, period, accountId, life));
            return this;
        }

        /** What of the deliveries is just no break. */
        Row near(String what) {
            near = what;
            return this;
        }

        /** Why no night resolves it by itself. */
        Row stays(String because) {
            staysBecause = because;
            return this;
        }
    }

    Row row(BreakCode code) {
        Row row = new Row();
        if (rows.put(code, row) != null) {
            throw new IllegalStateException(code + " has two rows");
        }
        return row;
    }

    Map<BreakCode, Row> rows() {
        return rows;
    }

    /** An account that pays what it uses. */
    BreakMatrix payg(String account) {
        return account(account, "", "payg,list,,");
    }

    /** An account with its terms, from the billing mode on. */
    BreakMatrix account(String account, String closedOn, String itsTerms) {
        accounts.append(account)
                .append(",Name,DE,EUR,standard,")
                .append(closedOn)
                .append('\n');
        terms.append(account).append(',').append(itsTerms).append('\n');
        return this;
    }

    /** Records that a source delivers in one file. */
    BreakMatrix deliver(int night, String source, String... rowsOfSource) {
        records.get(night).computeIfAbsent(source, absent -> new ArrayList<>()).addAll(List.of(rowsOfSource));
        return this;
    }

    /** A file of its own. */
    BreakMatrix file(int night, String source, String name, String... rowsOfFile) {
        return before(
                night,
                home -> home.deliverFile(
                        source, name, COLUMNS.get(source) + "\n" + String.join("\n", rowsOfFile) + "\n"));
    }

    /** What happens before a night. */
    BreakMatrix before(int night, Step step) {
        steps.get(night).add(step);
        return this;
    }

    /** Changes the configuration before a night. */
    BreakMatrix edit(int night, String file, String from, String to) {
        return before(night, home -> Folders.edit(home.root().resolve("config").resolve(file), from, to));
    }

    /** Makes the home and runs all nights. */
    SmallHome run(Path root) throws IOException {
        SmallHome home = SmallHome.create(root, List.of());
        home.configure("accounts.csv", accounts.toString());
        home.configure("terms.csv", terms.toString());
        configureSources(home);
        StringBuilder grace = new StringBuilder("grace-days:\n");
        for (BreakCode code : BreakCode.values()) {
            grace.append("  ").append(code).append(": 1\n");
        }
        home.configure(
                "reconciliation.yml",
                grace + "tolerance:\n  balance: \"0.01\"\n  payment: \"0.01\"\n  provider-usage: 1\n"
                        + "  provider-cost: \"0.01\"\ndeclines:\n  limit: 2\ncost-books:\n  billing: cost\n");
        for (int night = 0; night < NIGHTS.size(); night++) {
            for (Step step : steps.get(night)) {
                step.on(home);
            }
            for (Map.Entry<String, List<String>> ofSource : records.get(night).entrySet()) {
                home.deliverFile(
                        ofSource.getKey(),
                        ofSource.getKey() + "-" + night + ".csv",
                        COLUMNS.get(ofSource.getKey()) + "\n" + String.join("\n", ofSource.getValue()) + "\n");
            }
            home.night(NIGHTS.get(night));
            if (night == 0) {
                Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
                if (close.code() != 0) {
                    throw new AssertionError(close.out() + close.err());
                }
            }
        }
        return home;
    }

    private static void configureSources(SmallHome home) throws IOException {
        home.configure("sources/credits.yml", """
                profile: credits
                format: csv
                mapping:
                  tax_amount: ""
                  currency: "'EUR'"
                  expires_at: ""
                  priority: ""
                  purchase_invoice: ""
                  scope_provider: ""
                  scope_model: ""
                """);
        home.configure("sources/payments.yml", """
                profile: payments
                format: csv
                mapping:
                  processor: "'stripe'"
                  fee: ""
                  settled_at: ""
                  decline_code: ""
                """);
        home.configure("sources/balances.yml", "profile: balances\nformat: csv\n");
        home.configure("sources/counted.yml", """
                profile: provider-usage
                format: csv
                provider: counting
                mapping:
                  provider: ""
                  cached_input_tokens: ""
                  cache_write_tokens: ""
                  output_tokens: ""
                  audio_input_tokens: ""
                  audio_output_tokens: ""
                  units: ""
                  requests: ""
                """);
        home.configure("sources/billed.yml", """
                profile: provider-cost
                format: csv
                provider: billing
                mapping:
                  provider: ""
                  category: ""
                  line_item: ""
                  meter: ""
                  quantity: ""
                  currency: "'USD'"
                """);
    }
}
