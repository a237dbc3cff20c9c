package io.saldo.app.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is changed behind the program's back is found, where it is, with what was expected. Each damage is of an account or a
 * file of its own, so that one verification finds all files and one all rows of the books.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {
    private static final List<String> ACCOUNTS =
            IntStream.rangeClosed(1, 9).mapToObj(number -> "a-" + number).toList();
    private static final String DISPUTED = "b-1";

    private SmallHome home;
    private Program whole;
    private SortedMap<String, byte[]> lakeBefore;
    private final Map<String, String> damagedFiles = new TreeMap<>();
    private Program afterFiles;
    private Program afterRows;

    @BeforeAll
    void damage(@TempDir Path folder) throws IOException {
        home = SmallHome.create(
                folder.resolve("home"),
                Stream.concat(ACCOUNTS.stream(), Stream.of(DISPUTED)).toList());
        home.deliverCredits(
                "credits.csv",
                ACCOUNTS.stream()
                        .map(each -> "e-" + each + ",c-" + each + "," + each
                                + ",grant,promo,3,,EUR,2026-10-01T00:00:00Z,,,50,")
                        .toArray(String[]::new));
        home.deliverUsage(
                "usage.csv",
                Stream.concat(
                                ACCOUNTS.stream()
                                        .map(each -> "r-" + each + ",2026-10-03T08:00:00Z," + each + ",,openai,m,5000"),
                                Stream.of("bad,yesterday,a-1,,openai,m,1"))
                        .toArray(String[]::new));
        home.deliverUsage(
                "usage-2.csv",
                "e-1,2026-10-04T08:00:00Z,b-1,,openai,m,700",
                "e-2,2026-10-04T09:00:00Z,b-1,,openai,m,4321",
                "ahead,2027-10-04T09:00:00Z,b-1,,openai,m,50");
        home.night("2026-10-31");
        for (String command : List.of(
                "close --month 2026-10 --date 2026-11-01 --waive RECORDS_REJECTED",
                "invoices approve --month 2026-10 --by me --date 2026-11-01",
                "invoices issue --month 2026-10 --date 2026-11-01",
                "rerun --account b-1 --month 2026-10 --reason ticket --exclude e-1 --date 2026-11-02",
                "rerun approve 1 --by me --date 2026-11-02",
                "rerun --account b-1 --month 2026-10 --reason ticket --exclude e-2 --date 2026-11-02")) {
            Program program = home.run(command.split(" "));
            assertThat(program.code()).as(program.out() + program.err()).isIn(0, 3);
        }
        lakeBefore = Folders.bytes(home.root().resolve("lake"));
        whole = home.run("verify");
        Path copy = folder.resolve("files");
        Folders.copy(home.root(), copy);
        damageFiles(copy);
        afterFiles = Program.in(copy, "verify");
        damageRows();
        afterRows = home.run("--json", "verify");
    }

    private void damageFiles(Path copy) throws IOException {
        List<String> usage = names(copy, "lake/usage/");
        Files.copy(copy.resolve(usage.get(1)), copy.resolve(usage.get(0)), StandardCopyOption.REPLACE_EXISTING);
        damagedFiles.put("exchanged segment", usage.get(0));
        damagedFiles.put(
                "byte of a detail", flip(copy, names(copy, "lake/statements/").get(7)));
        damagedFiles.put(
                "byte of an index", flip(copy, names(copy, "lake/identity/").get(0)));
        damagedFiles.put(
                "byte of rejected records",
                flip(copy, names(copy, "lake/rejected/").get(0)));
        String archived = names(copy, "lake/deliveries/").get(1);
        Files.writeString(copy.resolve(archived), "more", StandardOpenOption.APPEND);
        damagedFiles.put("altered delivery", archived);
        List<String> documents = names(copy, "out/invoices/");
        Files.delete(copy.resolve(documents.get(0)));
        damagedFiles.put("deleted document", documents.get(0));
        Files.copy(copy.resolve(documents.get(2)), copy.resolve(documents.get(1)), StandardCopyOption.REPLACE_EXISTING);
        damagedFiles.put("replaced document", documents.get(1));
    }

    private static List<String> names(Path home, String below) throws IOException {
        return Folders.bytes(home).keySet().stream()
                .filter(name -> name.startsWith(below))
                .toList();
    }

    private static String flip(Path home, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(home.resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(home.resolve(name), bytes);
        return name;
    }

    private void damageRows() {
        for (String change : List.of(
                "statement_revision SET usage_amount = 6, overage_amount = 3 WHERE account_id = 'a-1'",
                "statement_revision SET closing_balance = 1 WHERE account_id = 'a-2'",
                "invoice SET total_document = total_document + 1 WHERE account_id = 'a-3'",
                "invoice SET content = REPLACE(content, '\"Name\"', '\"Mane\"') WHERE account_id = 'a-4'",
                "journal SET debit = debit * 2, credit = credit * 2 WHERE entry = '2026-10/a-5/overage'",
                "journal SET debit = debit + 1 WHERE debit > 0 AND entry LIKE 'INV-%' AND account_id = 'a-6'",
                "credit_entry SET amount = 4 WHERE account_id = 'a-7'",
                "account_month_usage SET quantity = quantity + 1 WHERE account_id = 'a-8'",
                "delivery_outcome SET accepted = 8, duplicate = 1 WHERE accepted = 9 AND not_billable = 0 AND input_tokens > 0",
                "delivery_outcome SET input_tokens = input_tokens + 1 WHERE input_tokens = 5021",
                "dispute_revision SET outcome = REPLACE(outcome, '5021', '5022') WHERE dispute_id = 1")) {
            home.books("UPDATE " + change);
        }
    }

    @Test
    void whatNobodyTouchedIsProvedAndNotChanged() throws IOException {
        assertThat(whole.code()).as(whole.err()).isZero();
        assertThat(whole.out()).contains("everything that is stored was proved again");
        assertThat(whole.out()
                        .lines()
                        .filter(line -> line.matches("[a-z-]+ +\\d+ +\\d+ +\\d+"))
                        .map(line -> line.split(" ")[0]))
                .containsExactly(Stream.of(Check.values()).map(Check::word).toArray(String[]::new));
        Folders.assertSame(Folders.bytes(home.root().resolve("lake")), lakeBefore);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exchanged segment        | VER-001 | expected
            byte of a detail         | VER-001 | SHA-256: expected
            byte of an index         | VER-001 | SHA-256: expected
            byte of rejected records | VER-001 | SHA-256: expected
            altered delivery         | VER-001 | length: expected
            deleted document         | VER-001 | found no file
            replaced document        | VER-001 | expected
            """)
    void aDamagedFileIsNamed(String damage, String code, String says) {
        assertThat(afterFiles.code()).isEqualTo(6);
        assertThat(afterFiles
                        .err()
                        .lines()
                        .filter(line -> line.contains(damagedFiles.get(damage)) && line.startsWith("VER-")))
                .as(afterFiles.err())
                .singleElement()
                .asString()
                .startsWith(code)
                .contains(says, "Put it back from a backup");
    }

    @Test
    void nothingButTheDamagedFilesIsTold() {
        assertThat(afterFiles.err().lines().filter(line -> line.startsWith("VER-")))
                .hasSize(damagedFiles.size());
        assertThat(afterFiles.err()).contains("note: usage of 2026-10, shard ", "is not counted again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            statements | statement of a-1 of 2026-10, revision 1 | usage_amount | 5 | 6
            statements | statement of a-1 of 2026-10, revision 1 | overage_amount | 2 | 3
            identities | statement of a-2 of 2026-10, revision 1 | opening + granted | both sides equal | not
            statements | statement of a-2 of 2026-10, revision 1 | closing_balance | 0 | 1
            invoices | of a-3 of 2026-10 | total of its row | , 2.38] | , 3.38]
            rendering | out/invoices/2026-10/INV-2026-000004.pdf | SHA-256 | '' | ''
            journal | posting 2026-10/a-5/overage | '' | debit 2 EUR | debit 4 EUR
            journal | posting INV-2026-000006 | its sums | debit = credit | debit 3.38, credit 2.38
            statements | statement of a-7 of 2026-10, revision 1 | granted_amount | 4 | 3
            details | statement of a-7 of 2026-10, revision 1 | row 1 of its grants | 4 | 3
            usage | usage of a-8 of 2026-10 from run 1 | '' | 5002 units | 5001 units
            deliveries | usage/usage.csv (delivery 3) | '' | 8 accepted, 1 duplicate | 9 accepted, 0 duplicate
            deliveries | usage/usage-2.csv (delivery 2) | input_tokens as logged | 5021 | 5022
            disputes | dispute 1 of b-1 of 2026-10 | outcome | 5021 | 5022
            """)
    void aChangedRowOfTheBooksIsNamed(String check, String place, String figure, String expected, String actual) {
        assertThat(afterRows.code()).isEqualTo(6);
        JsonNode failures =
                JsonMapper.builder().build().readTree(afterRows.out()).get("failures");
        List<String> told = failures.valueStream()
                .map(each -> String.join(
                        " | ",
                        each.get("check").asString(),
                        each.get("place").asString(),
                        each.get("figure").asString(),
                        each.get("expected").asString(),
                        each.get("actual").asString(),
                        each.get("remedy").asString()))
                .toList();
        String text = "[^|]*";
        String pattern = Stream.of(place, figure, expected, actual)
                .map(each -> text + Pattern.quote(each) + text)
                .collect(Collectors.joining("[|]", check + " [|]", "[|].+"));
        assertThat(told).anyMatch(line -> line.matches(pattern), pattern);
    }

    @Test
    void ofWhatNobodyChangedNothingIsTold() {
        assertThat(afterRows.out()).doesNotContain("a-9");
    }
}
