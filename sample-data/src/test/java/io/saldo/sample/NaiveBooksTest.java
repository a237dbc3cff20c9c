package io.saldo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small stories with figures worked out by hand. One unit of model {@code m} costs 1, so tokens are amounts. */
class NaiveBooksTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 10);

    @TempDir
    private Path home;

    private final List<String> usage = new ArrayList<>();
    private final List<String> credits = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        write("config/application.yml", "saldo:\n  billing-zone: UTC # of course\n");
        write("config/sources/log.yml", "profile: saldo\nformat: csv\nidentity: event-id\nbillable-statuses: [ok]\n");
        write("config/sources/billing-credits.yml", "profile: credits\nformat: csv\n");
        write("config/accounts.csv", "account_id,effective_from,currency\na,2026-01-01,EUR\nb,2026-01-01,EUR\n");
        write("config/price-books.csv", "price_book,extends,currency,description\nroot,,EUR,\nown,root,EUR,\n");
        write("config/prices/all.csv", """
                price_book,provider,model,service_tier,meter,unit_price,per_units,effective_from,effective_to
                root,*,m,,input,1,,,
                root,*,m,,output,2,1,,2026-10-03
                root,*,m,,output,3,1,2026-10-03,
                root,p,m,,cached_input,500,1000,,
                own,*,m,,input,0.25,,,
                """);
    }

    @Test
    void overageIsSplitAtTheCapAndCarriesASurcharge() throws IOException {
        terms("a,,prepaid,root,invoice,1.5,6");
        grant("g,g,a,grant,purchase,4,2026-10-01T00:00:00Z,,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,7,0");
        event("2,2026-10-02T00:00:01Z,a,p,m,9,0");
        assertThat(statement())
                .containsEntry("usage_amount", "16")
                .containsEntry("credit_amount", "4")
                .containsEntry("overage_amount", "6")
                .containsEntry("surcharge_amount", "3")
                .containsEntry("unfunded_amount", "6");
        assertThat(books().breaks())
                .contains(
                        Map.of("code", "OVERAGE_CAP_EXCEEDED", "account_id", "a", "subject", "a", "period", "2026-10"));
    }

    @Test
    void aDebtIsSettledByTheNextGrantBeforeUsageOfTheSameInstant() throws IOException {
        terms("a,,prepaid,root,carry,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,10,0");
        event("2,2026-10-04T00:00:00Z,a,p,m,3,0");
        grant("g,g,a,grant,purchase,11,2026-10-04T00:00:00Z,,,");
        assertThat(statement())
                .containsEntry("carried_amount", "12")
                .containsEntry("credit_amount", "1")
                .containsEntry("settled_debt", "10")
                .containsEntry("closing_debt", "2")
                .containsEntry("closing_balance", "0");
        assertThat(books().drawdowns(MONTH))
                .extracting(row -> row.get("usage_date") + " " + row.get("purpose") + " " + row.get("amount"))
                .containsExactly("2026-10-04 debt 10", "2026-10-04 usage 1");
        assertThat(books().balanceAt("a", Instant.parse("2026-10-04T00:00:00Z")))
                .isEqualByComparingTo("-10");
    }

    @Test
    void aGrantPaysFromItsFirstInstantUntilJustBeforeItsLast() throws IOException {
        terms("a,,payg,root,,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,1,0");
        event("2,2026-10-03T00:00:00Z,a,p,m,1,0");
        grant("g,g,a,grant,promo,5,2026-10-02T00:00:00Z,,2026-10-03T00:00:00Z,");
        assertThat(statement())
                .containsEntry("credit_amount", "1")
                .containsEntry("payg_amount", "1")
                .containsEntry("expired_amount", "4");
    }

    @Test
    void grantsPayByPriorityThenExpiryThenKind() throws IOException {
        terms("a,,prepaid,root,invoice,,");
        grant("1,never,a,grant,promo,1,2026-10-01T00:00:00Z,,,");
        grant("2,soon,a,grant,purchase,1,2026-10-01T00:00:00Z,,2026-12-01T00:00:00Z,");
        grant("3,gift,a,grant,promo,1,2026-10-01T00:00:00Z,,2026-12-01T00:00:00Z,");
        grant("4,first,a,grant,purchase,1,2026-10-01T00:00:00Z,,,10");
        event("1,2026-10-02T00:00:00Z,a,p,m,1,0");
        event("2,2026-10-03T00:00:00Z,a,p,m,1,0");
        event("3,2026-10-04T00:00:00Z,a,p,m,1,0");
        event("4,2026-10-05T00:00:00Z,a,p,m,1,0");
        assertThat(books().drawdowns(MONTH))
                .extracting(row -> row.get("usage_date") + " " + row.get("credit_id"))
                .containsExactlyInAnyOrder(
                        "2026-10-02 first", "2026-10-03 gift", "2026-10-04 soon", "2026-10-05 never");
    }

    @Test
    void aChargebackTakesTheRestAndClaimsWhatWasDrawn() throws IOException {
        terms("a,,prepaid,root,invoice,,");
        grant("1,g,a,grant,purchase,10,2026-10-01T00:00:00Z,,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,4,0");
        grant("2,g,a,withdraw,purchase,,2026-10-03T00:00:00Z,,,,chargeback");
        assertThat(statement())
                .containsEntry("withdrawn_amount", "6")
                .containsEntry("receivable_amount", "4")
                .containsEntry("closing_balance", "0");
    }

    @Test
    void pricesComeFromTheOwnBookThenTheExtendedThenTheInputMeter() throws IOException {
        terms("a,,payg,own,,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,10,1,4"); // 6 input at 0.25, 4 cached at 0.5, 1 output at 2
        event("2,2026-10-03T00:00:00Z,a,q,m,10,1,4"); // 10 input at 0.25, of which 4 cached fall back; 1 output at 3
        event("3,2026-10-03T00:00:00Z,a,q,unknown,2,1");
        assertThat(statement())
                .containsEntry("usage_amount", "11")
                .containsEntry("unpriced_quantity", "3")
                .containsEntry("events", "3");
        assertThat(books().statementLines(MONTH))
                .extracting(row -> String.join(
                        " ",
                        row.get("provider"),
                        row.get("model"),
                        row.get("meter"),
                        row.get("unit_price"),
                        row.get("quantity")))
                .containsExactly(
                        "p m cached_input 500 4",
                        "p m input 0.25 6",
                        "p m output 2 1",
                        "q m cached_input 0.25 4",
                        "q m input 0.25 6",
                        "q m output 3 1",
                        "q unknown input  2",
                        "q unknown output  1");
    }

    @Test
    void everyRecordEndsInOnePlace() throws IOException {
        terms("a,,payg,root,,,");
        event("1,2026-10-02T00:00:00Z,a,p,m,1,0");
        event("1,2026-10-02T02:00:00+02:00,a,p,m,1.0,0"); // the same instant and quantity
        event("1,2026-10-02T00:00:00Z,a,p,m,2,0");
        event("2,2026-10-02T00:00:00Z,nobody,p,m,2,0");
        event("3,2026-10-02T00:00:00Z,a,p,m,2,0,3");
        event("4,2026-10-02T00:00:00Z,a,p,m,9223372036854775808,0");
        event("5,2026-10-02T00:00:00,a,p,m,1,0");
        event("6,2026-10-02T00:00:00Z,a,p,m,1");
        event("7,2026-10-02T00:00:00Z,a,p,m,8,0,,failed");
        event("8,2026-10-31T00:00:00Z,a,p,m,1,0");
        event("9,2025-01-01T00:00:00Z,a,p,m,1,0");
        event(",2026-10-02T00:00:00Z,a,p,m,1,0");
        Map<String, String> delivery = books().deliveries().get(1);
        assertThat(delivery)
                .containsEntry("records", "12")
                .containsEntry("accepted", "2")
                .containsEntry("not_billable", "1")
                .containsEntry("duplicate", "1")
                .containsEntry("conflict", "1")
                .containsEntry("held", "1")
                .containsEntry("rejected", "7")
                .containsEntry("input_tokens", "14");
        assertThat(books().breaks())
                .extracting(row -> row.get("code") + " " + row.get("subject"))
                .containsExactly(
                        "RECORDS_HELD nobody",
                        "RECORDS_REJECTED log/events.csv#USG-002",
                        "RECORDS_REJECTED log/events.csv#USG-003",
                        "RECORDS_REJECTED log/events.csv#USG-004",
                        "RECORDS_REJECTED log/events.csv#USG-005",
                        "RECORDS_REJECTED log/events.csv#USG-006",
                        "RECORDS_REJECTED log/events.csv#USG-007",
                        "RECORDS_REJECTED log/events.csv#USG-008",
                        "USAGE_CONFLICT log/1",
                        "USAGE_DUPLICATE log/events.csv");
        assertThat(statement()).containsEntry("events", "2").containsEntry("usage_amount", "1");
    }

    @Test
    void anUnterminatedQuoteIsOneRecordAndABrokenByteAnother() {
        byte[] text = "a,b\n1,\"x\"\"y\n2\"\n\n3,\u00E9\n4,\"z\n5,6\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(CsvText.lines(text))
                .extracting(line -> line.number() + line.problem() + line.fields())
                .containsExactly("1[a, b]", "2[1, x\"y\n2]", "5USG-009[3, \uFFFD]", "6USG-001[4, z\n5,6\n]");
    }

    private void terms(String row) throws IOException {
        write(
                "config/terms.csv",
                "account_id,effective_from,billing_mode,price_book,overage_policy,overage_multiplier,monthly_overage_cap\n"
                        + row + "\n");
    }

    /** event_id, occurred_at, account_id, provider, model, input, output, cached, status; the last two may be left out. */
    private void event(String row) {
        int commas = row.length() - row.replace(",", "").length();
        usage.add(commas == 6 ? row + ",,ok" : commas == 7 ? row + ",ok" : row);
    }

    /** entry_id, credit_id, account_id, entry, kind, amount, booked_at, effective_at, expires_at, priority, reason. */
    private void grant(String row) {
        credits.add(row.split(",", -1).length == 10 ? row + "," : row);
    }

    private NaiveBooks books() throws IOException {
        write(
                "deliveries/2026-10-29/log/events.csv",
                "event_id,occurred_at,account_id,provider,model,input_tokens,output_tokens,cached_input_tokens,status\n"
                        + String.join("\n", usage));
        write(
                "deliveries/2026-10-29/billing-credits/credits.csv",
                "entry_id,credit_id,account_id,entry,kind,amount,booked_at,effective_at,expires_at,priority,reason\n"
                        + String.join("\n", credits));
        return NaiveBooks.read(home.resolve("deliveries"), home.resolve("config"));
    }

    private Map<String, String> statement() throws IOException {
        List<Map<String, String>> statements = books().statements(MONTH);
        assertThat(statements).hasSize(1);
        return statements.get(0);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), text);
    }
}
