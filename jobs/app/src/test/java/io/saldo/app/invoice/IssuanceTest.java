package io.saldo.app.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are made with the number that is expected, and state the one that was given. */
class IssuanceTest {
    /** An XRechnung must state more than SmallHome says of anybody. */
    private static final String ELECTRONIC =
            "UPDATE invoice SET content = REPLACE(content, '\"%s\"', '\"%s\"') WHERE account_id = 'a-2'";

    @TempDir
    Path folder;

    @Test
    void oneThatCannotBeMadeOrNumberedGetsNoNumberAndThoseAfterItStateTheirOwn() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2", "a-3", "a-4"));
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000",
                "o-2,2026-10-10T00:00:00Z,a-2,,openai,m,8000",
                "o-3,2026-10-10T00:00:00Z,a-3,,openai,m,8000",
                "o-4,2026-10-10T00:00:00Z,a-4,,openai,m,8000");
        home.night("2026-10-31");
        assertThat(run(home, "close --month 2026-10 --date 2026-11-01").code()).isZero();
        run(home, "invoices approve --month 2026-10 --by Weber");
        home.books(ELECTRONIC.formatted("NONE", "XRECHNUNG"));

        Program held = run(home, "invoices issue --month 2026-10 --date 2026-11-02");
        assertThat(held.code()).isNotZero();
        assertThat(held.err()).contains("INV-001").contains("account a-2 has no buyer_reference");
        assertThat(numbers(home)).containsExactly("a-1 INV-2026-000001", "a-3 INV-2026-000002", "a-4 INV-2026-000003");

        home.books(ELECTRONIC.formatted("XRECHNUNG", "NONE"));
        String issuer = Files.readString(home.root().resolve("config/issuer.yml"));
        home.configure("issuer.yml", issuer.replace("INV-{year}-{number:6}", "INV-{year}-00000{number}"));
        Program taken = run(home, "invoices issue --month 2026-10 --date 2026-11-03");
        assertThat(taken.code()).isNotZero();
        assertThat(taken.err())
                .contains("RUN-005")
                .contains("of a-2 would get the number INV-2026-000001, which invoice");
        assertThat(numbers(home)).hasSize(3);

        home.configure("issuer.yml", issuer);
        assertThat(run(home, "invoices issue --month 2026-10 --date 2026-11-03").code())
                .isZero();
        assertThat(numbers(home))
                .containsExactly(
                        "a-1 INV-2026-000001", "a-2 INV-2026-000004", "a-3 INV-2026-000002", "a-4 INV-2026-000003");
        for (int number = 1; number <= 4; number++) {
            String each = "INV-2026-00000" + number;
            String text = text(home.root().resolve("out/invoices/2026-10/" + each + ".pdf"));
            assertThat(text).contains(each);
            assertThat(text.replace(each, "")).as("no other number").doesNotContain("INV-");
        }
        Program verify = run(home, "verify");
        assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
    }

    private static List<String> numbers(SmallHome home) {
        return home.books("SELECT i.account_id, n.number FROM invoice_number n JOIN invoice i ON i.invoice_id ="
                + " n.invoice_id ORDER BY i.account_id");
    }

    private static Program run(SmallHome home, String command) {
        return home.run(command.split(" "));
    }

    private static String text(Path document) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(document.toFile())) {
            return new PDFTextStripper().getText(pdf);
        }
    }
}
