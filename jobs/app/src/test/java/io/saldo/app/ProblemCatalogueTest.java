package io.saldo.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** jobs/PROBLEMS.md says what the code says. {@code -Dsaldo.refresh=true} writes it anew. */
class ProblemCatalogueTest {
    private static String catalogue() {
        StringBuilder text = new StringBuilder();
        text.append("# Problems\n\n");
        text.append("Every problem that Saldo tells a person, by code. A message names the code, the place, what is");
        text.append(" wrong, and the remedy.\n\n");
        text.append("Written from `ProblemCode`; after a change there: `mvn -pl jobs/app -am test");
        text.append(" -Dtest=ProblemCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dsaldo.refresh=true`.\n\n");
        text.append("| begins with | concerns |\n|---|---|\n");
        text.append("| USG | a usage record |\n");
        text.append("| CRD | a credit, balance or payment record |\n");
        text.append("| DLV | a delivery |\n");
        text.append("| CFG | configuration and reference data |\n");
        text.append("| PRL | a public price list |\n");
        text.append("| RUN | a run, a command, its home |\n");
        text.append("| DBS | the database of the books |\n");
        text.append("| BRK | a break |\n");
        text.append("| STM | a statement |\n");
        text.append("| INV | an invoice |\n");
        text.append("| EXP | an export |\n");
        text.append("| VER | what was proved again |\n");
        text.append("| BAK | a backup |\n\n");
        text.append("| code | who mends it | what is wrong | what to do |\n|---|---|---|---|\n");
        for (ProblemCode code : ProblemCode.values()) {
            text.append("| ").append(code.id());
            text.append(" | ").append(code.owner().name().toLowerCase(Locale.ROOT));
            text.append(" | ").append(code.title());
            text.append(" | ").append(code.remedy()).append(" |\n");
        }
        return text.toString();
    }

    @Test
    void theCatalogueSaysWhatTheCodeSays() throws IOException {
        Path file = Program.repository("jobs").resolve("PROBLEMS.md");
        if (Boolean.getBoolean("saldo.refresh")) {
            Files.writeString(file, catalogue());
        }
        assertThat(file).hasContent(catalogue());
    }

    @Test
    void everyCodeIsUsedOnceAndTellsWhatToDo() {
        assertThat(Stream.of(ProblemCode.values()).map(ProblemCode::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("(USG|CRD|DLV|CFG|PRL|RUN|DBS|BRK|STM|INV|EXP|VER|BAK)-[0-9]{3}"));
        assertThat(ProblemCode.values()).allSatisfy(code -> {
            assertThat(code.title()).isNotBlank().doesNotContain("|").doesNotEndWith(".");
            assertThat(code.remedy()).isNotBlank().doesNotContain("|").endsWith(".");
        });
    }
}
