package io.saldo.lake.source;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rows of a report of PayPal come to, by section and as a whole, compared with what its footers say.
 *
 * <p>A footer SF or RF has a currency and the sums of gross credits, gross debits, fee credits and fee debits; what stands
 * behind them, balances, is not derived from the rows. Sums of a currency that has an amount which is none are not
 * compared. SC and RC have the number of rows. A report may come in several files: RF and RC are compared only in a file
 * that says to be the first, which then is the only one.
 */
final class PaypalReportTotals {
    private static final List<String> SUMS = List.of("gross credits", "gross debits", "fee credits", "fee debits");

    private Totals section = new Totals();
    private final Totals report = new Totals();
    private Map<String, Integer> positions = Map.of();
    private boolean headed;
    private boolean first = true;
    private boolean ended;

    private static final class Totals {
        final Map<String, List<BigInteger>> sums = new TreeMap<>();
        final Set<String> unread = new HashSet<>();
        long rows;
        boolean anyUnread;

        void add(String currency, int sum, BigInteger amount) {
            List<BigInteger> ofCurrency =
                    sums.computeIfAbsent(currency, absent -> new ArrayList<>(List.of(of(0), of(0), of(0), of(0))));
            ofCurrency.set(sum, ofCurrency.get(sum).add(amount));
        }

        private static BigInteger of(long value) {
            return BigInteger.valueOf(value);
        }
    }

    /** A row that heads the report, the file or a section. */
    void begin(String type, List<String> row) {
        headed = true;
        ended = false;
        if (type.equals("SH")) {
            section = new Totals();
        } else if (type.equals("FH")) {
            first = row.size() > 1 && row.get(1).matches("0*1");
        }
    }

    /** The names of the columns below. */
    void columns(List<String> names) {
        Map<String, Integer> found = new TreeMap<>();
        for (int field = 0; field < names.size(); field++) {
            found.put(names.get(field), field);
        }
        positions = found;
    }

    /** A row of a section's body. */
    void add(List<String> row) {
        for (Totals each : List.of(section, report)) {
            each.rows++;
            add(each, row, "Transaction Debit or Credit", "Gross Transaction Amount", "Gross Transaction Currency", 0);
            add(each, row, "Fee Debit or Credit", "Fee Amount", "Fee Currency", 2);
        }
    }

    private void add(Totals totals, List<String> row, String side, String amount, String currency, int sum) {
        String text = text(row, amount);
        if (text.isEmpty()) {
            return;
        }
        boolean isDebit = text(row, side).equals("DR");
        if (text.matches("[0-9]{1,40}") && (isDebit || text(row, side).equals("CR"))) {
            totals.add(text(row, currency), isDebit ? sum + 1 : sum, new BigInteger(text));
        } else {
            totals.unread.add(text(row, currency));
        }
    }

    private String text(List<String> row, String column) {
        Integer position = positions.get(column);
        return position == null || position >= row.size() ? "" : row.get(position);
    }

    /** A row that cannot be read; it is counted, and sums say nothing any more. */
    void addUnread() {
        for (Totals each : List.of(section, report)) {
            each.rows++;
            each.anyUnread = true;
        }
    }

    /** What a footer says that is not so; nothing of a footer in a file without heads, which has only some of the rows. */
    Optional<String> problem(String type, List<String> row) {
        if (!headed) {
            return Optional.empty();
        }
        return switch (type) {
            case "SF" -> sums(section, row, "section");
            case "SC" -> count(section, row, "section");
            case "RF" -> first ? sums(report, row, "report") : Optional.empty();
            case "RC" -> first ? count(report, row, "report") : Optional.empty();
            default -> {
                ended = true;
                yield Optional.empty();
            }
        };
    }

    /** Whether the file has heads and not its last row. */
    boolean isCutOff() {
        return headed && !ended;
    }

    private static Optional<String> count(Totals totals, List<String> row, String what) {
        String said = row.size() > 1 ? row.get(1) : "";
        return said.matches("0*" + totals.rows)
                ? Optional.empty()
                : Optional.of("the " + what + " has " + totals.rows + " rows, and its count says \"" + said + "\"");
    }

    private static Optional<String> sums(Totals totals, List<String> row, String what) {
        String currency = row.size() > 1 ? row.get(1) : "";
        if (totals.anyUnread || totals.unread.contains(currency)) {
            return Optional.empty();
        }
        List<BigInteger> found = totals.sums.get(currency);
        for (int sum = 0; sum < SUMS.size(); sum++) {
            String said = row.size() > sum + 2 ? row.get(sum + 2) : "";
            BigInteger actual = found == null ? BigInteger.ZERO : found.get(sum);
            if (!said.matches("0*" + actual) && !(said.isEmpty() && actual.signum() == 0)) {
                return Optional.of(SUMS.get(sum) + " of the " + what + " in " + currency + " are " + actual
                        + ", and its footer says \"" + said + "\"");
            }
        }
        return Optional.empty();
    }
}
