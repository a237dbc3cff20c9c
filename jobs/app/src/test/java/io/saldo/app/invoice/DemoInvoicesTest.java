package io.saldo.app.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.judges.Inside;
import io.saldo.judges.PdfArchive;
import io.saldo.judges.Rules;
import io.saldo.judges.Totals;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The documents that the demo issues, judged by tools that nobody here wrote, as the receiver's would. */
@ExtendWith(DemoRun.Extension.class)
class DemoInvoicesTest {
    @Test
    void everyElectronicInvoiceOfTheDemoFulfilsTheRulesAndSaysTheAmountsOfTheBooks(DemoRun demo) throws Exception {
        Set<String> judged = new TreeSet<>();
        for (Map<String, String> row : demo.table("invoices")) {
            Path file = demo.home().resolve("out/invoices").resolve(row.get("file_name"));
            byte[] pdf = Files.readAllBytes(file);
            Path beside = Path.of(file.toString().replace(".pdf", ".xml"));
            boolean isXrechnung = Files.exists(beside);
            byte[] xml =
                    isXrechnung ? Files.readAllBytes(beside) : Inside.xml(pdf).orElse(new byte[0]);
            if (xml.length == 0) {
                continue;
            }
            judged.add(isXrechnung ? "xrechnung" : "zugferd");
            String number = row.get("number");
            assertThat(Rules.EN_16931.failures(xml)).as(number).isEmpty();
            if (isXrechnung) {
                assertThat(Rules.XRECHNUNG.failures(xml)).as(number).isEmpty();
            }
            Totals read = Totals.of(isXrechnung ? xml : pdf);
            assertThat(read.number()).isEqualTo(number);
            assertThat(read.grand()).as(number).isEqualByComparingTo(row.get("total_document"));
            assertThat(read.due()).as(number).isEqualByComparingTo(row.get("total_document"));
            BigDecimal lines = BigDecimal.ZERO;
            for (Map<String, String> line : demo.table("invoice_lines")) {
                boolean own = line.get("number").equals(number);
                // In the books a credit that is taken off is a line with a minus; in the invoice it is an allowance.
                if (own && !line.get("amount_document").startsWith("-")) {
                    lines = lines.add(new BigDecimal(line.get("amount_document")));
                }
            }
            assertThat(read.lines()).as(number).isEqualByComparingTo(lines);
        }
        assertThat(judged).as("forms of the demo's invoices").containsExactly("xrechnung", "zugferd");
    }

    @Test
    void everyDocumentOfTheDemoIsPdfA3b(DemoRun demo) throws Exception {
        for (Map.Entry<String, byte[]> document : demo.published().entrySet()) {
            if (document.getKey().startsWith("invoices/") && document.getKey().endsWith(".pdf")) {
                assertThat(PdfArchive.violations(document.getValue()))
                        .as(document.getKey())
                        .isEmpty();
            }
        }
    }
}
