package io.saldo.documents.invoice;

import io.saldo.documents.pdf.Glyphs;
import io.saldo.documents.text.Texts;
import java.util.List;
import java.util.SortedSet;

/** The words of invoices, and which of them a design may replace by what. */
public final class InvoiceTexts {
    /** The languages that there are texts of. */
    public static final List<String> LANGUAGES = List.of("en", "de");

    /** How figures and dates are written: another way could be read as another amount. */
    private static final List<String> FIGURES = List.of("number.", "money.", "sign.", "month.", "date", "period");

    /** What keeps a draft from being taken for an invoice. */
    private static final List<String> DRAFT = List.of("document.draft", "draft.note");

    private InvoiceTexts() {}

    /** The texts that no design has changed. */
    public static Texts standard(String language) {
        return Texts.load("io.saldo.documents.invoice.texts", language);
    }

    /** The keys of all texts, sorted: the same for every language. */
    public static SortedSet<String> keys() {
        return standard(LANGUAGES.get(0)).keys();
    }

    /** Whether no design may replace the text of that key. */
    public static boolean isFixed(String key) {
        return !fixed(key).isEmpty();
    }

    private static String fixed(String key) {
        if (FIGURES.stream().anyMatch(key::startsWith)) {
            return "how figures and dates are written is fixed for each language";
        }
        return DRAFT.contains(key) ? "what marks a draft is fixed" : "";
    }

    /**
     * What keeps a text from being replaced by this one; empty when nothing does.
     *
     * @param language one of {@link #LANGUAGES}
     * @param key one of {@link #keys}
     */
    public static String fault(String language, String key, String replacement) {
        if (isFixed(key)) {
            return fixed(key);
        }
        String fault = standard(language).fault(key, replacement);
        return !fault.isEmpty() || Glyphs.haveAllOf(replacement)
                ? fault
                : "it has a letter that the documents' fonts do not have";
    }
}
