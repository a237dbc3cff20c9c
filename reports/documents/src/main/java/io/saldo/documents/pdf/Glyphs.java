package io.saldo.documents.pdf;

import java.awt.Font;
import java.util.List;
import java.util.Locale;
import net.sf.jasperreports.engine.DefaultJasperReportsContext;
import net.sf.jasperreports.engine.JasperReportsContext;
import net.sf.jasperreports.engine.fonts.FontSetFamilyInfo;
import net.sf.jasperreports.engine.fonts.FontSetInfo;
import net.sf.jasperreports.engine.fonts.FontUtil;

/**
 * Replaces letters that none of the documents' fonts has by the replacement character.
 *
 * <p>PDF/A forbids a letter without a shape, and a reader should see that something is missing. A script that customers
 * use belongs into the font set; README says how.
 */
public final class Glyphs {
    private static final String FONT_SET = "Saldo";
    private static final int REPLACEMENT = 0xFFFD;
    private static final int ASCII_PRINTABLE_FIRST = 0x20;
    private static final int ASCII_PRINTABLE_LAST = 0x7E;

    private final List<Font> fonts;

    private Glyphs(List<Font> fonts) {
        this.fonts = fonts;
    }

    static Glyphs of(JasperReportsContext context) {
        FontSetInfo set = FontUtil.getInstance(context).getFontSetInfo(FONT_SET, Locale.ROOT, false);
        return new Glyphs(set.getFamilies().stream()
                .map(FontSetFamilyInfo::getFontFamily)
                .map(family -> family.getNormalFace().getFont())
                .toList());
    }

    /** Whether the documents' fonts have every letter of the text. */
    public static boolean haveAllOf(String text) {
        return Standard.GLYPHS.shown(text).equals(text);
    }

    /** Found once: looking for the fonts takes longer than asking them. */
    private static final class Standard {
        private static final Glyphs GLYPHS = of(DefaultJasperReportsContext.getInstance());
    }

    /** The text, line ends kept, with what cannot be shown replaced. */
    String shown(String text) {
        if (text.chars().allMatch(Glyphs::isPlain)) {
            return text;
        }
        return text.codePoints()
                .map(point -> canShow(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private boolean canShow(int point) {
        return isPlain(point) || fonts.stream().anyMatch(font -> font.canDisplay(point));
    }

    private static boolean isPlain(int point) {
        return point == '\n' || (point >= ASCII_PRINTABLE_FIRST && point <= ASCII_PRINTABLE_LAST);
    }
}
