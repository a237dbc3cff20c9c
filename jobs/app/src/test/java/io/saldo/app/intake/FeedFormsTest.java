package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the rows that processors and providers export, with the traps of their formats. */
class FeedFormsTest {
    private static final String CHARGES = "SELECT provider, window_from, category, line_item, model, meter, amount,"
            + " currency FROM provider_charge ORDER BY line";

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void create() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("acme"));
    }

    private void deliver(String source, String keys, String file, String content) throws IOException {
        home.configure("sources/" + source + ".yml", keys);
        home.deliverFile(source, file, content);
        home.night("2026-10-08");
    }

    private String outcome(String file) {
        return SmallHome.outcomes(home.export()).get(file);
    }

    @Test
    void stripeBalanceReport() throws IOException {
        // Columns in the order in which somebody chose them; the account's time is not that of the _utc columns.
        deliver("stripe", "profile: stripe-balance\nformat: csv\n", "balance.csv", """
                reporting_category,source_id,charge_id,payment_intent_id,created,created_utc,available_on_utc,currency,gross,fee,customer_facing_amount,customer_facing_currency,payment_metadata[reference],payment_method_type,balance_transaction_id
                charge,ch_1,ch_1,pi_1,2026-10-05 10:00:00,2026-10-05 08:00:00,2026-10-07 00:00:00,eur,110.00,3.10,119.00,usd,ref-1,card,txn_1
                refund,re_1,ch_1,pi_1,2026-10-06 10:00:00,2026-10-06 08:00:00,2026-10-06 00:00:00,eur,-55.00,0.00,,,,card,txn_2
                dispute,du_1,ch_1,,2026-10-06 11:00:00,2026-10-06 09:00:00,2026-10-06 00:00:00,eur,-55.00,15.00,,,,card,txn_3
                dispute_reversal,du_1,ch_1,,2026-10-06 12:00:00,2026-10-06 10:00:00,2026-10-06 00:00:00,eur,55.00,0.00,,,,card,txn_4
                payout,po_1,,,2026-10-07 10:00:00,2026-10-07 08:00:00,2026-10-07 00:00:00,eur,-51.90,0.00,,,,,txn_5
                climate_order_purchase,co_1,,,2026-10-07 11:00:00,2026-10-07 09:00:00,2026-10-07 00:00:00,eur,-1.00,0.00,,,,,txn_6
                """);
        assertThat(outcome("balance.csv")).isEqualTo("6 accepted");
        assertThat(home.books("SELECT payment_id, status, reference, amount, currency, parent_payment_id, created_at"
                        + " FROM payment ORDER BY line"))
                .containsExactly(
                        "ch_1 captured ref-1 119.0000000000000000000000000000000000000000 USD  1791187200000000",
                        "re_1 refunded pi_1 -55.0000000000000000000000000000000000000000 EUR ch_1 1791273600000000",
                        "du_1 disputed ch_1 -55.0000000000000000000000000000000000000000 EUR ch_1 1791277200000000",
                        "du_1 reinstated ch_1 55.0000000000000000000000000000000000000000 EUR ch_1 1791280800000000",
                        "po_1 movement  -51.9000000000000000000000000000000000000000 EUR  1791360000000000",
                        "co_1 climate_order_purchase  -1.0000000000000000000000000000000000000000 EUR"
                                + "  1791363600000000");
        assertThat(SmallHome.breaks(home.export())).contains("PAYMENT_UNCLASSIFIED co_1 open");
    }

    /**
     * The names of the columns are those of exports that people have published with their readers, such as
     * {@code id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,...,Fee,Is Link,Mode,Payment Source Type,Status,...}
     * and {@code merchant_reference (metadata)}; the rows are invented.
     */
    @Test
    void stripeChargesBringTheDeclinedOnes() throws IOException {
        deliver("stripe", "profile: stripe-charges\nformat: csv\n", "charges.csv", """
                id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Is Link,Mode,PaymentIntent ID,Payment Source Type,Status,Taxes On Fee,reference (metadata)
                ch_1,2026-10-05 08:00:00,119.00,0.00,eur,true,119.00,0.00,eur,,,3.10,false,Live,pi_1,card,Paid,0.00,ref-1
                ch_2,2026-10-05 08:05:00,119.00,0.00,eur,false,,,,insufficient_funds,,0.00,false,Live,pi_2,card,Failed,0.00,ref-2
                ch_3,2026-10-05 08:10:00,119.00,119.00,eur,true,119.00,119.00,eur,,,3.10,false,Live,pi_3,card,Refunded,0.00,
                """);
        assertThat(home.books("SELECT payment_id, status, decline_code, reference FROM payment ORDER BY line"))
                .containsExactly(
                        "ch_1 movement  ref-1", "ch_2 declined insufficient_funds ref-2", "ch_3 movement  pi_3");
    }

    @Test
    void openaiCostsCsvHasRowsOfNothingAndThirtyDecimals() throws IOException {
        deliver("bill", "profile: openai-costs-csv\nformat: csv\n", "costs.csv", """
                start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source
                1791072000,1791158400,2026-10-04T00:00:00+00:00,2026-10-05T00:00:00+00:00,,,,,,,,,,,,,
                1791158400,1791244800,2026-10-05T00:00:00,2026-10-06T00:00:00,0.003835980000000000000000000001,usd,7671.96,tokens,"gpt-5-nano, input_tokens",,,p,o,n,n,someone@example.com,
                """);
        assertThat(outcome("costs.csv")).isEqualTo("2 accepted");
        assertThat(home.books(CHARGES))
                .containsExactly(
                        "openai 1791072000000000 nothing   null 0.0000000000000000000000000000000000000000 ",
                        "openai 1791158400000000 usage gpt-5-nano, input_tokens gpt-5-nano INPUT"
                                + " 0.0038359800000000000000000000010000000000 USD");
    }

    @Test
    void openaiCostsOfNothingHaveTheTimesAlone() throws IOException {
        deliver(
                "bill",
                "profile: openai-costs-csv\nformat: csv\n",
                "costs.csv",
                "start_time,end_time,start_time_iso,end_time_iso\n1791072000,1791158400,,\n");
        assertThat(outcome("costs.csv")).isEqualTo("1 accepted");
    }

    @Test
    void azureHasDaysWithTheMonthFirst() throws IOException {
        String keys = """
                profile: azure-costs
                format: csv
                provider: azure
                mapping:
                  model: "'gpt-4o' if /meterName=gpt 4o 0806 Inp glbl Tokens"
                  meter: "'input' if /meterName=gpt 4o 0806 Inp glbl Tokens"
                """;
        deliver("azure", keys, "costs.csv", """
                invoiceId,date,meterName,quantity,unitOfMeasure,chargeType,billingCurrency,costInBillingCurrency
                ,10/05/2026,gpt 4o 0806 Inp glbl Tokens,12.5,1K,Usage,EUR,0.03125
                ,10/05/2026,Standard Support,1,1,Purchase,EUR,29
                ,2026-10-05,Standard Support,1,1,Purchase,EUR,29
                """);
        assertThat(outcome("costs.csv")).isEqualTo("2 accepted, 1 rejected");
        assertThat(home.books(CHARGES))
                .containsExactly(
                        "azure 1791158400000000 usage gpt 4o 0806 Inp glbl Tokens gpt-4o INPUT"
                                + " 0.0312500000000000000000000000000000000000 EUR",
                        "azure 1791158400000000 purchase Standard Support  null"
                                + " 29.0000000000000000000000000000000000000000 EUR");
    }

    @Test
    void focusRowsHaveTheirOwnCategories() throws IOException {
        deliver("focus", "profile: focus-costs\nformat: csv\nprovider: aws\n", "focus.csv", """
                BilledCost,BillingCurrency,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,SkuMeter
                3.52E-6,USD,Usage,,$0.40 per million requests,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,Input Tokens
                -1,USD,Usage,Correction,of September,2026-10-05 00:00:00,2026-10-06 00:00:00,
                -5,USD,Credit,,promotion,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,
                2,USD,Fee,,no category of FOCUS,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,
                """);
        assertThat(outcome("focus.csv")).isEqualTo("3 accepted, 1 rejected");
        assertThat(home.books("SELECT category, line_item, amount FROM provider_charge ORDER BY line"))
                .containsExactly(
                        "usage Input Tokens 0.0000035200000000000000000000000000000000",
                        "correction of September -1.0000000000000000000000000000000000000000",
                        "credit promotion -5.0000000000000000000000000000000000000000");
    }

    @Test
    void countsOfProvidersAreDisjointInTheBooks() throws IOException {
        String keys = """
                profile: provider-usage
                format: csv
                provider: openai
                token-semantics: %s
                mapping:
                  provider: ""
                  cache_write_tokens: ""
                  audio_input_tokens: ""
                  audio_output_tokens: ""
                  units: ""
                  requests: ""
                """;
        String rows = """
                window_start,window_end,model,input_tokens,cached_input_tokens,output_tokens
                2026-10-05T00:00:00Z,2026-10-05T01:00:00Z,m,10,4,3.0
                2026-10-05T00:00:00Z,2026-10-05T01:00:00Z,m,10,,
                2026-10-05T00:00:00Z,2026-10-05T01:00:00Z,m,10,11,1
                2026-10-05T00:00:00Z,2026-10-05T00:00:00Z,m,10,0,1
                2026-10-05T00:00:00Z,,m,1.5,0,1
                """;
        deliver("inclusive", keys.formatted("inclusive"), "inclusive.csv", rows);
        assertThat(outcome("inclusive.csv")).isEqualTo("2 accepted, 3 rejected");
        assertThat(home.books("SELECT quantities FROM provider_bucket ORDER BY line"))
                .containsExactly("INPUT 6,CACHED_INPUT 4,OUTPUT 3", "INPUT 10");
        deliver("exclusive", keys.formatted("exclusive"), "exclusive.csv", rows + "\n");
        assertThat(outcome("exclusive.csv")).isEqualTo("3 accepted, 2 rejected");
    }
}
