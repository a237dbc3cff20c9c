package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month whose ids, names and files were chosen to do harm: they are text wherever they appear. */
class HostileTextTest {
    private static final String SECRET = "sk-live-51H8x";

    private static final List<String> IDS = List.of(
            "../../outside",
            "/etc/cron.d/x",
            "C:\\Windows\\x",
            "CON",
            "..",
            "=HYPERLINK(\"http://x\")",
            "+1+1",
            "@SUM(A1)",
            "<script>alert(1)</script>",
            "${java.lang.Runtime}",
            "$F{name}",
            "'; DROP TABLE runs; --",
            "]]><x a=\"&xxe;\"/>",
            "a%00b",
            "{{7*7}}");

    @TempDir
    Path folder;

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private SmallHome month() throws IOException {
        SmallHome home = SmallHome.create(
                folder.resolve("home"),
                IDS.stream().map(HostileTextTest::quoted).toList());
        StringBuilder accounts = new StringBuilder("account_id,name,country,currency,tax_profile,locale\n");
        List<String> usage = new ArrayList<>();
        List<String> credits = new ArrayList<>();
        for (String id : IDS) {
            accounts.append(quoted(id) + "," + quoted(id) + ",DE,EUR,standard,en\n");
            usage.add(quoted(id) + ",2026-10-05T01:00:00Z," + quoted(id) + ",,openai,m,5000");
            credits.add(quoted("entry " + id) + "," + quoted(id) + "," + quoted(id)
                    + ",grant,promo,1,,EUR,2026-10-01T00:00:00Z,,,50," + quoted(id));
        }
        usage.add("r-1,2026-10-05T01:00:00Z,CON," + SECRET + ",openai,m,none");
        usage.add("h-1,2026-10-05T01:00:00Z,\u001b[2Jgone,,openai,m,1");
        usage.add("r-2,2026-10-05T01:00:00Z,CON,,openai,m,1,2,3," + SECRET);
        home.configure("accounts.csv", accounts.toString());
        home.deliverUsage("=1+1 ..%2f..%2fx.csv", usage.toArray(new String[0]));
        home.deliverCredits("$(reboot).csv", credits.toArray(new String[0]));
        return home;
    }

    @Test
    void noTextLeavesItsPlace() throws IOException {
        SmallHome home = month();
        Program night = home.night("2026-10-31");
        List<Program> programs = List.of(
                night,
                home.run("close", "--month", "2026-10", "--date", "2026-11-01"),
                home.run("invoices", "approve", "--month", "2026-10", "--by", "=1+1", "--date", "2026-11-01"),
                home.run("invoices", "issue", "--month", "2026-10", "--date", "2026-11-01"),
                home.run(
                        "export",
                        "--month",
                        "2026-10",
                        "--to",
                        folder.resolve("export").toString()));
        assertThat(programs)
                .allSatisfy(each -> assertThat(each.code()).as(each.err()).isIn(0, 3));
        assertThat(home.books("SELECT COUNT(*) FROM invoice_number")).containsExactly(Integer.toString(IDS.size()));

        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("home", "export");
        }
        for (Path out : List.of(folder.resolve("export"), home.root().resolve("out"))) {
            for (String file : Folders.bytes(out).keySet()) {
                assertThat(file).matches("[\\w./-]+").doesNotContain("..");
                if (file.endsWith(".csv")) {
                    assertNoFormula(out.resolve(file));
                }
            }
        }
        assertThat(DemoRun.rows(folder.resolve("export/statements.csv")).stream()
                        .map(row -> row.get("account_id")))
                .contains("'" + IDS.get(5), IDS.get(0), IDS.get(8));
        assertThat(textOfDocuments(home)).contains(IDS.get(8), IDS.get(9), IDS.get(10));
        assertNoSecret(home, programs);
        assertThat(home.run("breaks", "list").out()).contains("[2Jgone").doesNotContain("\u001b");
    }

    private static void assertNoFormula(Path csv) {
        for (Map<String, String> row : DemoRun.rows(csv)) {
            assertThat(row.values()).allSatisfy(cell -> assertThat(cell).matches("(?s)|[^=+@\t\r-].*|-[0-9.]+"));
        }
    }

    private static String textOfDocuments(SmallHome home) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] pdf : Folders.bytes(home.root().resolve("out/invoices")).values()) {
            try (var document = Loader.loadPDF(pdf)) {
                text.append(new PDFTextStripper().getText(document));
            }
        }
        return text.toString();
    }

    /** A rejected record is kept verbatim in the lake, and nowhere else. */
    private static void assertNoSecret(SmallHome home, List<Program> programs) throws IOException {
        assertThat(programs)
                .allSatisfy(each -> assertThat(each.out() + each.err()).doesNotContain(SECRET));
        for (Map.Entry<String, byte[]> file :
                Folders.bytes(home.root().resolve("out")).entrySet()) {
            assertThat(new String(file.getValue(), StandardCharsets.ISO_8859_1))
                    .as(file.getKey())
                    .doesNotContain(SECRET);
        }
    }
}
