package io.saldo.app.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.Json;
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
        design(home, "when closed");
        done(home, "close --month 2026-10 --date 2026-11-01");
        design(home, "when disputed");
        done(home, "invoices approve --month 2026-10 --by me --date 2026-11-02");
        done(home, "invoices issue --month 2026-10 --date 2026-11-02");
        assertThat(text(home, "INV-2026-000001")).contains("Number when closed INV-2026-000001");
        done(home, "rerun --account a-1 --month 2026-10 --reason ticket --exclude o-1 --date 2026-11-03");
        Files.delete(home.root().resolve("config/documents/design.yml"));
        Files.delete(home.root().resolve("config/documents/logo.png"));
        done(home, "rerun approve 1 --by me --date 2026-11-04");
        assertThat(text(home, "CN-2026-000001")).contains("Number when disputed CN-2026-000001");
        done(home, "verify");
        aDocumentOfBeforeThereWereDesignsHasNone(home);
    }

    private static void aDocumentOfBeforeThereWereDesignsHasNone(SmallHome home) {
        String stored =
                home.books("SELECT content FROM invoice WHERE invoice_id = 1").get(0);
        String before = stored.replaceFirst(",\"designRun\":\\d+", "");
        assertThat(before).isNotEqualTo(stored);
        assertThat(Json.read(before, InvoiceStore.Content.class).designRun()).isNull();
    }

    private static void design(SmallHome home, String when) throws IOException {
        Path documents = Files.createDirectories(home.root().resolve("config/documents"));
        Files.write(documents.resolve("logo.png"), Files.readAllBytes(LOGO));
        home.configure(
                "documents/design.yml",
                "logo: logo.png\ntexts:\n  en:\n    info.number: \"Number " + when
                        + "\"\n    info.number-credit-note: \"Number " + when + "\"\n");
    }

    private static void done(SmallHome home, String command) {
        Program program = home.run(command.split(" "));
        assertThat(program.code()).as(command + program.out() + program.err()).isZero();
    }

    private static String text(SmallHome home, String document) throws IOException {
        Path file = home.root().resolve("out/invoices/2026-10").resolve(document + ".pdf");
        try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(pdf);
        }
    }
}
