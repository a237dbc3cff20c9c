package io.saldo.app.pricelist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The real lists of the test resources; where they come from says SOURCE.md beside them. */
public final class PublicLists {
    private PublicLists() {}

    /** Writes a list into the folder and gives the file. */
    public static Path write(PriceList.Form form, Path folder) throws IOException {
        Path file = folder.resolve(form.word() + ".json");
        Files.writeString(file, text(form.word() + ".json.gz"));
        return file;
    }

    static String text(String resource) throws IOException {
        try (InputStream in = PublicLists.class.getResourceAsStream("/pricelist/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + resource);
            }
            try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
                return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
