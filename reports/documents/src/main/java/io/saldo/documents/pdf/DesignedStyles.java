package io.saldo.documents.pdf;

import io.saldo.documents.design.Design;
import java.awt.Color;
import net.sf.jasperreports.engine.JRPen;
import net.sf.jasperreports.engine.JRStyle;
import net.sf.jasperreports.engine.JRTemplate;
import org.jspecify.annotations.Nullable;

/** Gives the styles of a template the colours of a design. */
final class DesignedStyles {
    private static final int RGB = 0xFFFFFF;

    private DesignedStyles() {}

    static void apply(Design design, JRTemplate styles) {
        for (JRStyle style : styles.getStyles()) {
            style.setForecolor(shown(design, style.getOwnForecolor()));
            style.setBackcolor(shown(design, style.getOwnBackcolor()));
            apply(design, style.getLinePen());
            apply(design, style.getLineBox().getPen());
        }
    }

    private static void apply(Design design, JRPen pen) {
        pen.setLineColor(shown(design, pen.getOwnLineColor()));
    }

    private static @Nullable Color shown(Design design, @Nullable Color standard) {
        return standard == null ? null : new Color(design.shown(standard.getRGB() & RGB));
    }
}
