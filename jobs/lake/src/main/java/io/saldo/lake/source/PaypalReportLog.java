package io.saldo.lake.source;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reports that PayPal delivers: CSV whose rows begin with what they are. RH, FH and SH head the report, the file and a
 * section, CH names the columns of the rows SB below it, and SF, SC, RF, RC and FF say what these must come to.
 *
 * <p>Several blanks in a column's name are one, as PayPal writes two in one of them. A row of no known type is a malformed
 * record, and so is one whose total the rows above it do not come to: it is told, and the rows are taken, because what a
 * total counts is published less exactly than what a row says. A file that begins with CH, as rejected rows are given
 * back, has no totals to be compared with; any other is refused as a whole where it ends before its row FF.
 */
final class PaypalReportLog extends CsvRowsLog {
    private static final String TYPES = "RH, FH, SH, CH, SB, SF, SC, RF, RC or FF";

    private final String fileName;
    private final PaypalReportTotals totals = new PaypalReportTotals();
    private @Nullable CsvColumns columns;
    private boolean begun;

    PaypalReportLog(RecordBuffer buffer, RecordLayout layout, String fileName) throws IOException {
        super(buffer, layout);
        this.fileName = fileName;
    }

    @Override
    public boolean next() throws IOException {
        while (rows.next()) {
            if (rows.isFaulty() || !rows.isUtf8()) {
                mustHaveBegun();
                malformation = rows.isFaulty()
                        ? new Malformation(ProblemCode.MALFORMED, "the record " + rows.fault(List.of()))
                        : new Malformation(ProblemCode.BAD_ENCODING, "the record has bytes that are not UTF-8");
                totals.addUnread();
                return true;
            }
            byte[] bytes = rows.bytes();
            rows.open();
            if (isRecord(bytes, texts())) {
                return true;
            }
        }
        if (totals.isCutOff()) {
            throw new ProblemException(
                    ProblemCode.UNREADABLE_DELIVERY, Place.line(fileName, rows.line()), "it ends before its row FF");
        }
        return false;
    }

    private boolean isRecord(byte[] bytes, List<String> row) {
        String type = row.get(0);
        if (!type.equals("RH") && !type.equals("CH")) {
            mustHaveBegun();
        }
        begun = true;
        switch (type) {
            case "RH", "FH", "SH" -> totals.begin(type, row);
            case "CH" -> {
                List<String> names = row.stream()
                        .map(name -> name.strip().replaceAll(" +", " "))
                        .toList();
                header = bytes;
                columns = new CsvColumns(names, Place.line(fileName, rows.line()), layout, fields);
                totals.columns(names);
            }
            case "SB" -> {
                totals.add(row);
                malformation = columns == null
                        ? new Malformation(ProblemCode.MALFORMED, "no row CH above it names its columns")
                        : columns.take(rows);
                return true;
            }
            case "SF", "SC", "RF", "RC", "FF" -> {
                Optional<String> problem = totals.problem(type, row);
                malformation = problem.map(text -> new Malformation(ProblemCode.MALFORMED, text))
                        .orElse(null);
                return problem.isPresent();
            }
            default -> {
                malformation =
                        new Malformation(ProblemCode.MALFORMED, "the row begins with \"" + type + "\": it is " + TYPES);
                return true;
            }
        }
        return false;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int field = 0; field < rows.count(); field++) {
            texts.add(rows.text(field));
        }
        return texts;
    }

    private void mustHaveBegun() {
        if (!begun) {
            throw new ProblemException(
                    ProblemCode.UNREADABLE_DELIVERY,
                    Place.line(fileName, rows.line()),
                    "it does not begin with a row RH or CH in UTF-8, as a report of PayPal does");
        }
    }
}
