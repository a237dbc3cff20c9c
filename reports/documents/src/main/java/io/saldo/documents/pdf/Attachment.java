package io.saldo.documents.pdf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A structured invoice inside a PDF: another form of what the pages show.
 *
 * @param name such as {@code factur-x.xml}
 * @param level the conformance level that the PDF declares, such as {@code EN 16931}
 * @param content the XML
 */
public record Attachment(String name, String level, byte[] content) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attachment that
                && name.equals(that.name)
                && level.equals(that.level)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return name + " " + level + " " + Arrays.hashCode(content);
    }
}
