package io.saldo.documents.pdf;

/** A structured invoice inside a PDF: another form of what the pages show. Immutable. */
public final class Attachment {
    private final String name;
    private final String level;
    private final byte[] content;

    /**
     * A file to embed.
     *
     * @param name such as {@code factur-x.xml}
     * @param level the conformance level that the PDF declares, such as {@code EN 16931}
     * @param content the XML
     */
    public Attachment(String name, String level, byte[] content) {
        this.name = name;
        this.level = level;
        this.content = content.clone();
    }

    String name() {
        return name;
    }

    String level() {
        return level;
    }

    byte[] content() {
        return content.clone();
    }
}
