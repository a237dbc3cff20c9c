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

/** A document has the design of the run that drafted it, for ever. */
class DesignOfARunTest {
    private static final Path LOGO = Path.of("src/test/resources/config/right/documents/logo.png");

    @TempDir
    Path folder;

    @Test
    void aDocumentKeepsTheDesignOfTheRunThatDraftedIt() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000",
                "o-2,2026-10-20T00:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-31");
        done(home, "close --month 2026-10 --date 2026-11-01");
        issue(home, "2026-10", "2026-11-02");
        assertThat(text(home, "2026-10/INV-2026-000001")).contains("Invoice number INV", "Payment");
        // As a program stored it that knew no designs.
        home.books("UPDATE invoice SET content = REPLACE(content, ',\"designRun\":2', '') WHERE 1 = 1");
        assertThat(home.books("SELECT COUNT(*) FROM invoice WHERE content LIKE '%designRun%'"))
                .containsExactly("0");

        design(home, "Number of this note");
        done(home, "rerun --account a-1 --month 2026-10 --reason ticket --exclude o-1 --date 2026-11-03");
        design(home, "Number as of November");
        done(home, "rerun approve 1 --by me --date 2026-11-04");
        assertThat(text(home, "2026-10/CN-2026-000001"))
                .as("a credit note has the design of its dispute's run")
                .contains("Number of this note CN");

        home.deliverUsage("november.csv", "n-1,2026-11-10T00:00:00Z,a-1,,openai,m,4000");
        home.night("2026-11-30");
        done(home, "close --month 2026-11 --date 2026-12-01");
        Files.delete(home.root().resolve("config/documents/design.yml"));
        Files.delete(home.root().resolve("config/documents/logo.png"));
        issue(home, "2026-11", "2026-12-02");
        assertThat(text(home, "2026-11/INV-2026-000002"))
                .as("an invoice has the design of its month's close")
                .contains("Ways to pay");
        done(home, "verify");
    }

    private static void design(SmallHome home, String numberOfCreditNote) throws IOException {
        Path documents = Files.createDirectories(home.root().resolve("config/documents"));
        Files.write(documents.resolve("logo.png"), Files.readAllBytes(LOGO));
        home.configure(
                "documents/design.yml",
                "logo: logo.png\ntexts:\n  en:\n    info.number-credit-note: \"" + numberOfCreditNote
                        + "\"\n    payment.title: Ways to pay\n");
    }

    private static void issue(SmallHome home, String month, String date) {
        done(home, "invoices approve --month " + month + " --by me --date " + date);
        done(home, "invoices issue --month " + month + " --date " + date);
    }

    private static void done(SmallHome home, String command) {
        Program program = home.run(command.split(" "));
        assertThat(program.code()).as(command + program.out() + program.err()).isZero();
    }

    private static String text(SmallHome home, String document) throws IOException {
        Path file = home.root().resolve("out/invoices").resolve(document + ".pdf");
        try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(pdf);
        }
    }
}
