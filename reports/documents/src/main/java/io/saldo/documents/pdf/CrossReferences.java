package io.saldo.documents.pdf;

import java.nio.charset.StandardCharsets;

/**
 * Puts the file's table of offsets into ASCII digits.
 *
 * <p>The PDF library formats that table in the machine's default locale. Where that counts in Arabic or Devanagari
 * digits the file would be broken; changing the default locale meanwhile would disturb every other thread.
 */
final class CrossReferences {
    private static final byte[] START = "startxref\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TABLE = "xref\n".getBytes(StandardCharsets.US_ASCII);

    /** {@code OOOOOOOOOO GGGGG n} and two bytes of line end. */
    private static final int ENTRY_BYTES = 20;

    private static final int OFFSET_DIGITS = 10;
    private static final int GENERATION_DIGITS = 5;

    private CrossReferences() {}

    /** The same array, with the digits replaced in place. */
    static byte[] inAsciiDigits(byte[] pdf) {
        int position = tableStart(pdf);
        while (pdf[position] != 't') {
            int lineEnd = indexOf(pdf, (byte) '\n', position);
            String[] section = new String(pdf, position, lineEnd - position, StandardCharsets.US_ASCII).split(" ", -1);
            position = lineEnd + 1;
            for (int entry = Integer.parseInt(section[1]); entry > 0; entry--) {
                rewrite(pdf, position);
                position += ENTRY_BYTES;
            }
        }
        return pdf;
    }

    private static int tableStart(byte[] pdf) {
        int start = pdf.length - START.length;
        while (!matches(pdf, start, START)) {
            start--;
        }
        int digits = start + START.length;
        int table = Integer.parseInt(
                new String(pdf, digits, indexOf(pdf, (byte) '\n', digits) - digits, StandardCharsets.US_ASCII));
        if (!matches(pdf, table, TABLE)) {
            throw new IllegalStateException("the PDF library wrote no table of offsets");
        }
        return table + TABLE.length;
    }

    /** Offsets stay below ten digits, so the first byte is that locale's zero, of which a byte has arrived. */
    private static void rewrite(byte[] pdf, int entry) {
        byte zero = pdf[entry];
        for (int index = 0; index <= OFFSET_DIGITS + GENERATION_DIGITS; index++) {
            if (index != OFFSET_DIGITS) {
                pdf[entry + index] = (byte) ('0' + (pdf[entry + index] - zero));
            }
        }
    }

    private static boolean matches(byte[] pdf, int position, byte[] text) {
        for (int index = 0; index < text.length; index++) {
            if (pdf[position + index] != text[index]) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] pdf, byte wanted, int from) {
        int position = from;
        while (pdf[position] != wanted) {
            position++;
        }
        return position;
    }
}
