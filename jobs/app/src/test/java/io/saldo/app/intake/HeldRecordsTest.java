package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records whose key, account or grant nobody knows wait, and are taken by themselves once it is known. */
class HeldRecordsTest {
    private static final String KEYS = "api_key_id,account_id,effective_from,effective_to\n";

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void oneAccount() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
    }

    private static String event(String id, String account, String key, int inputTokens) {
        return String.join(",", id, "2026-10-05T08:00:00Z", account, key, "openai", "m", Integer.toString(inputTokens));
    }

    @Test
    void aKeyThatBecomesKnownReleasesItsRecordsAndNoOthers() throws IOException {
        home.deliverUsage(
                "usage-05.csv",
                event("e-1", "a-1", "", 1000),
                event("h-1", "", "key-new", 2000),
                event("h-1", "", "key-new", 2000),
                event("h-2", "", "key-new", 4000),
                event("h-2", "", "key-new", 4001),
                event("e-1", "", "key-new", 8000),
                event("h-3", "", "key-other", 16000),
                event("h-4", "", "key-other", 0).replace(",0", ",1.5"));
        home.night("2026-10-05");
        Path before = home.export();
        assertThat(SmallHome.outcomes(before)).containsEntry("usage-05.csv", "1 accepted, 1 rejected, 6 held");
        assertThat(SmallHome.breaks(before))
                .contains("RECORDS_HELD key-new open", "RECORDS_HELD key-other open")
                .noneMatch(each -> each.startsWith("USAGE_CONFLICT"));
        assertThat(SmallHome.statement(before, "a-1")).containsEntry("usage_amount", "1");

        home.configure("account-keys.csv", KEYS + "key-new,a-1,2026-01-01,\n");
        home.deliverUsage("usage-06.csv", event("h-2", "", "key-new", 4002), event("h-1", "", "key-new", 2000));
        home.night("2026-10-06");
        Path after = home.export();
        assertThat(SmallHome.outcomes(after))
                .containsEntry("usage-05.csv", "3 accepted, 1 duplicate, 2 conflict, 1 rejected, 1 held")
                .containsEntry("usage-06.csv", "1 duplicate, 1 conflict");
        assertThat(SmallHome.breaks(after))
                .contains(
                        "RECORDS_HELD key-new resolved auto",
                        "RECORDS_HELD key-other open",
                        "USAGE_CONFLICT usage/e-1 open",
                        "USAGE_CONFLICT usage/h-2 open");
        assertThat(SmallHome.statement(after, "a-1"))
                .containsEntry("usage_amount", "7")
                .containsEntry("events", "3");

        home.night("2026-10-07");
        assertThat(SmallHome.outcomes(home.export())).isEqualTo(SmallHome.outcomes(after));
    }

    @Test
    void aKeyThatIsValidOnlyLaterReleasesNothing() throws IOException {
        home.configure("account-keys.csv", KEYS + "key-new,a-1,2026-10-05T08:00:00.000001Z,\n");
        home.deliverUsage("usage-05.csv", event("h-1", "", "key-new", 2000));
        home.night("2026-10-05");
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("usage-05.csv", "1 held");
        assertThat(SmallHome.breaks(export)).containsExactly("RECORDS_HELD key-new open");
    }

    @Test
    void twoEntriesThatWaitForOneGrantAreTakenWithItAndTheSecondIsADuplicate() throws IOException {
        String withdrawal = "w-1,c-1,a-1,withdraw,,4,,EUR,2026-10-05T08:00:00Z,,,,revoked";
        home.deliverCredits("credits-05.csv", withdrawal, withdrawal);
        home.night("2026-10-05");
        Path before = home.export();
        assertThat(SmallHome.outcomes(before)).containsEntry("credits-05.csv", "2 held");
        assertThat(SmallHome.breaks(before)).containsExactly("RECORDS_HELD c-1 open");

        home.deliverCredits("credits-06.csv", "g-1,c-1,a-1,grant,promo,10,,EUR,2026-10-05T07:00:00Z,,,,");
        home.night("2026-10-06");
        Path after = home.export();
        assertThat(SmallHome.outcomes(after))
                .containsEntry("credits-05.csv", "1 accepted, 1 duplicate")
                .containsEntry("credits-06.csv", "1 accepted");
        assertThat(SmallHome.breaks(after)).containsExactly("RECORDS_HELD c-1 resolved auto");
        assertThat(SmallHome.statement(after, "a-1"))
                .containsEntry("granted_amount", "10")
                .containsEntry("withdrawn_amount", "4");
    }

    @Test
    void anEntryThatTurnsOutWrongWhenItsAccountIsKnownIsRejectedAndTold() throws IOException {
        home.deliverCredits("credits-05.csv", "g-1,c-1,a-2,grant,promo,10,,USD,2026-10-05T07:00:00Z,,,,");
        home.night("2026-10-05");
        home.configure("accounts.csv", """
                account_id,name,country,currency,tax_profile,locale
                a-1,Name,DE,EUR,standard,en
                a-2,Name,DE,EUR,standard,en
                """);
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("credits-05.csv", "1 rejected");
        assertThat(SmallHome.breaks(export))
                .contains("RECORDS_HELD a-2 resolved auto")
                .anyMatch(each -> each.startsWith("RECORDS_REJECTED credits/credits-05.csv#CRD-001"));
    }

    @Test
    void whatWaitsIntoTheNextMonthStaysTheSameBreak() throws IOException {
        home.deliverCredits("credits-05.csv", "w-1,c-1,a-1,withdraw,,4,,EUR,2026-10-05T08:00:00Z,,,,revoked");
        home.deliverUsage("usage-05.csv", event("h-1", "", "key-new", 2000));
        home.night("2026-10-05");
        home.night("2026-11-02");
        assertThat(SmallHome.breaks(home.export()))
                .containsExactlyInAnyOrder("RECORDS_HELD c-1 open", "RECORDS_HELD key-new open");
    }

    @Test
    void whatIsHeldIsReadAsItsSourceWroteWhenItWasTaken() throws IOException {
        home.deliverUsage("usage-05.csv", event("h-1", "", "key-new", 2000));
        home.night("2026-10-05");
        String source = Files.readString(home.root().resolve("config/sources/usage.yml"));
        home.configure(
                "sources/usage.yml",
                source.replace("format: csv", "format: jsonl\ntimestamp: epoch-seconds")
                        .replace("mapping:\n", "mapping:\n  input_tokens: /tokens/in\n"));
        home.deliverFile("usage", "usage-06.jsonl", """
                {"event_id": "h-2", "occurred_at": 1791187200, "api_key_id": "key-new", "provider": "openai", "model": "m", \
                "tokens": {"in": 4000}}
                """);
        home.night("2026-10-06");
        assertThat(SmallHome.outcomes(home.export()))
                .containsEntry("usage-05.csv", "1 held")
                .containsEntry("usage-06.jsonl", "1 held");
        Files.delete(home.root().resolve("config/sources/usage.yml"));
        home.configure("account-keys.csv", KEYS + "key-new,a-1,2026-01-01,\n");
        home.night("2026-10-07");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export))
                .containsEntry("usage-05.csv", "1 accepted")
                .containsEntry("usage-06.jsonl", "1 accepted");
        assertThat(SmallHome.statement(export, "a-1")).containsEntry("usage_amount", "6");
    }

    @Test
    void textsThatNoColumnHoldsAreRejectedAlone() throws IOException {
        String longest = "k".repeat(501);
        home.deliverUsage("usage-05.csv", event("e-1", "a-1", "", 1000), event("e-2", "", longest, 1000));
        home.deliverCredits(
                "credits-05.csv",
                "w-1,c-1,a-1,withdraw,,4,,EUR,2026-10-05T08:00:00Z,,,," + longest,
                "g-1,c-1,a-1,grant,promo,10,,EUR,2026-10-05T07:00:00Z,,,,");
        home.night("2026-10-05");
        assertThat(SmallHome.outcomes(home.export()))
                .containsEntry("usage-05.csv", "1 accepted, 1 rejected")
                .containsEntry("credits-05.csv", "1 accepted, 1 rejected");
    }

    @Test
    void aNameAsLongAsAFileSystemAllowsIsTaken() throws IOException {
        String name = "u".repeat(251) + ".csv";
        home.deliverUsage(name, event("e-1", "a-1", "", 1000));
        home.night("2026-10-05");
        assertThat(SmallHome.outcomes(home.export())).containsEntry(name, "1 accepted");
    }
}
