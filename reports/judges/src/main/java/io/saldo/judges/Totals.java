package io.saldo.judges;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import org.mustangproject.CalculatedInvoice;
import org.mustangproject.ZUGFeRD.ZUGFeRDInvoiceImporter;

/**
 * The totals of a structured invoice as Mustang reads them.
 *
 * @param number the invoice's
 * @param lines the sum of its lines (BT-106)
 * @param grand with tax (BT-112)
 * @param due what is to be paid (BT-115)
 */
public record Totals(String number, BigDecimal lines, BigDecimal grand, BigDecimal due) {
    /**
     * Reads them.
     *
     * @param invoice the XML, or the PDF that has it inside
     */
    public static Totals of(byte[] invoice) throws Exception {
        ZUGFeRDInvoiceImporter importer = new ZUGFeRDInvoiceImporter();
        importer.doIgnoreCalculationErrors();
        importer.setInputStream(new ByteArrayInputStream(invoice));
        CalculatedInvoice read = new CalculatedInvoice();
        importer.extractInto(read);
        return new Totals(read.getNumber(), read.getLineTotalAmount(), read.getGrandTotal(), read.getDuePayable());
    }
}
