package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.design.Colour;
import io.saldo.documents.design.Design;
import io.saldo.documents.design.Logo;
import io.saldo.documents.invoice.InvoiceTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesignTest {
    private static final Path EXAMPLE = ConfigurationFiles.defaults().resolve("examples/design.yml");

    @Test
    void aDesignIsReadAsItStandsThere() throws IOException {
        Design design = ConfigurationFiles.right().load().configuration().design();
        byte[] logo = Files.readAllBytes(Path.of("src/test/resources/config/right/documents/logo.png"));
        assertThat(design)
                .isEqualTo(new Design(
                        Logo.of(logo),
                        Map.of(Colour.ACCENT, 0x0B6B3A, Colour.BAR, 0x7FB89A),
                        Map.of(
                                "en", Map.of("payment.title", "How to pay"),
                                "de",
                                        Map.of(
                                                "payment.request",
                                                "Bitte überweisen Sie {total} bis spätestens {due}."))));
    }

    @Test
    void withoutAnyFileItIsTheStandard() {
        ConfigurationFiles files =
                ConfigurationFiles.right().remove("documents/design.yml").remove("documents/logo.png");
        assertThat(files.load().problems()).isEmpty();
        assertThat(files.load().configuration().design()).isEqualTo(Design.STANDARD);
        files.put("documents/design.yml", "# nothing\ntexts:\n  en:\n");
        assertThat(files.load().problems()).isEmpty();
        assertThat(files.load().configuration().design()).isEqualTo(Design.STANDARD);
    }

    /** What a run fixed may say what a later program does not know any more: the rest counts. */
    @Test
    void ofWhatARunFixedOnlyWhatIsKnownCounts() {
        ConfigurationSnapshot fixed = ConfigurationSnapshot.of(Map.of(
                "documents/design.yml",
                "colours: {accent: \"#0B6B3A\", glow: \"#FFFFFF\"}\nlogo: gone.png\n"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(DesignLoader.of(fixed).colours()).isEqualTo(Map.of(Colour.ACCENT, 0x0B6B3A));
        assertThat(DesignLoader.of(fixed).logo()).isNull();
    }

    @Test
    void aSnapshotHasThePictureAndNoMoreOfOneThatIsTooLarge(@TempDir Path folder) throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.write(documents.resolve("huge.png"), new byte[2 << 20]);
        Files.writeString(documents.resolve("logo.psd"), "ignored");
        Files.writeString(documents.resolve("invoice.jrxml"), "told");
        ConfigurationSnapshot snapshot = ConfigurationSnapshot.read(folder);
        assertThat(snapshot.files()).containsExactly("documents/huge.png", "documents/invoice.jrxml");
        assertThat(snapshot.content("documents/huge.png")).hasSize(Logo.BYTES_MAX + 1);
    }

    @Test
    void howDocumentsLookChangesNoFigure() {
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        ConfigurationSnapshot plain = ConfigurationSnapshot.of(Map.of("terms.csv", text));
        ConfigurationSnapshot designed =
                ConfigurationSnapshot.of(Map.of("terms.csv", text, "documents/design.yml", text));
        assertThat(plain.figuresSha256()).isEqualTo(plain.sha256()).isEqualTo(designed.figuresSha256());
        assertThat(designed.sha256()).isNotEqualTo(plain.sha256());
    }

    /** {@code -Dsaldo.refresh=true} writes it. */
    @Test
    void theExampleHasEveryColourAndEveryTextAsTheyAre() throws IOException {
        StringBuilder example = new StringBuilder("""
                # What can be changed of the documents that customers receive, with its standard value.
                # Copy this file to documents/design.yml and leave in what you change. README.md explains it.
                # logo: logo.png
                colours:
                """);
        for (Colour colour : Colour.values()) {
            example.append(String.format(Locale.ROOT, "  %s: \"#%06X\"\n", colour.word(), colour.standard()));
        }
        example.append("texts:\n");
        for (String language : InvoiceTexts.LANGUAGES) {
            example.append("  ").append(language).append(":\n");
            for (String key : InvoiceTexts.keys()) {
                String text = InvoiceTexts.standard(language).text(key);
                if (!InvoiceTexts.isFixed(key) && !text.isEmpty()) {
                    example.append("    ")
                            .append(key)
                            .append(": \"")
                            .append(text)
                            .append("\"\n");
                }
            }
        }
        if (Boolean.getBoolean("saldo.refresh")) {
            Files.writeString(EXAMPLE, example);
        }
        assertThat(Files.readString(EXAMPLE)).isEqualTo(example.toString());
        assertThat(ConfigurationFiles.right()
                        .remove("documents/logo.png")
                        .put("documents/design.yml", example.toString())
                        .load()
                        .problems())
                .isEmpty();
    }
}
