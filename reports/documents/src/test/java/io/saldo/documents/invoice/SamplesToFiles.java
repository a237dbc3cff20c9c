package io.saldo.documents.invoice;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes every sample as a PDF into the folder named by the argument, to be looked at. */
public final class SamplesToFiles {
    private SamplesToFiles() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        InvoicePdf pdf = new InvoicePdf();
        for (Map.Entry<String, InvoiceDocument> sample : all().entrySet()) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(sample.getKey() + ".pdf"))) {
                pdf.write(sample.getValue(), out);
            }
        }
    }

    /** Every sample by its name. */
    public static Map<String, InvoiceDocument> all() {
        Map<String, InvoiceDocument> all = new LinkedHashMap<>();
        all.put("invoice-en", Samples.full("en"));
        all.put("invoice-de", Samples.full("de"));
        all.put("reverse-charge-usd-en", Samples.twelveLines("en"));
        all.put("draft-en", Samples.draft("en"));
        all.put("draft-de", Samples.draft("de"));
        all.put("statement-en", Samples.statement("en"));
        all.put("statement-de", Samples.statement("de"));
        all.put("many-lines-de", Samples.manyPages("de"));
        all.put("long-names-de", Samples.longNames("de"));
        all.put("yen-en", Samples.yen("en"));
        all.put("hostile-en", Samples.hostile("en"));
        all.put("scripts-en", Samples.scripts("en"));
        all.put("credit-note-en", CorrectionSamples.creditNote("en"));
        all.put("credit-note-de", CorrectionSamples.creditNote("de"));
        all.put("supplement-de", CorrectionSamples.supplement("de"));
        all.put("several-taxes-en", CorrectionSamples.severalTaxes("en"));
        return all;
    }
}
