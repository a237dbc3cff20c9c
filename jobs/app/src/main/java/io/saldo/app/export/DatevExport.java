package io.saldo.app.export;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.DatevSettings;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.store.JournalStore;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes a month's journal as DATEV booking batches: one file for each month in which its entries were booked, because the
 * date of a posting has no year and a batch lies within one fiscal year.
 */
@Component
public class DatevExport {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final BigDecimal AMOUNT_LIMIT = BigDecimal.TEN.pow(10);
    private static final BigDecimal RATE_LIMIT = BigDecimal.TEN.pow(4);
    private static final int RATE_DIGITS = 6;

    private final JournalStore journal;

    /** Over the books. */
    public DatevExport(JournalStore journal) {
        this.journal = journal;
    }

    /**
     * Writes the files; those of their names are replaced.
     *
     * @return how many
     * @throws ProblemException with {@code NOT_EXPORTABLE} where the format cannot carry the journal; then nothing is
     *     written
     */
    public int write(YearMonth month, Configuration configuration, Path folder) throws IOException {
        DatevSettings settings = configuration.datev();
        if (settings == null) {
            throw problem("ledger.yml", "there is no datev part with the numbers of consultant and client");
        }
        SortedMap<YearMonth, List<JournalStore.Line>> booked = new TreeMap<>();
        for (JournalStore.Line line : journal.ofMonth(month.toString())) {
            checkAccount(line.account(), settings);
            booked.computeIfAbsent(YearMonth.from(line.bookedOn()), each -> new ArrayList<>())
                    .add(line);
        }
        Currency currency = configuration.issuer().taxCurrency();
        SortedMap<String, String> files = new TreeMap<>();
        booked.forEach((bookedIn, lines) -> {
            List<DatevBatch.Posting> postings = DatevPostings.of(lines).stream()
                    .map(rounded -> posting(rounded, configuration, currency))
                    .toList();
            for (int from = 0; from < postings.size(); from += DatevBatch.ROWS_MAX) {
                int to = Math.min(postings.size(), from + DatevBatch.ROWS_MAX);
                files.put(
                        "EXTF_Buchungsstapel_" + month + "_" + bookedIn
                                + (from == 0 ? "" : "_" + (from / DatevBatch.ROWS_MAX + 1)) + ".csv",
                        DatevBatch.text(
                                settings, currency.getCurrencyCode(), "Saldo " + month, postings.subList(from, to)));
            }
        });
        for (var file : files.entrySet()) {
            PublishedFile.write(
                    folder.resolve(file.getKey()),
                    out -> out.write(file.getValue().getBytes(WINDOWS)));
        }
        return files.size();
    }

    private static DatevBatch.Posting posting(
            DatevPostings.Rounded rounded, Configuration configuration, Currency currency) {
        JournalStore.Line line = rounded.pair().line();
        Money amount = rounded.amount();
        Money base = amount;
        Amount rate = Amount.of(1);
        if (!amount.currency().equals(currency)) {
            Amount from = rate(configuration, amount.currency(), line);
            if (!currency.getCurrencyCode().equals("EUR")) {
                throw problem(
                        "issuer.yml",
                        "the rates are to the euro, and a batch in " + currency + " cannot carry " + amount + " of "
                                + line.entry());
            }
            rate = from;
            base = Rounding.converted(amount, from, Amount.of(1), currency);
        }
        if (amount.toBigDecimal().compareTo(AMOUNT_LIMIT) >= 0
                || Money.minorUnitDigits(amount.currency()) > 2
                || rate.toBigDecimal().compareTo(RATE_LIMIT) >= 0
                || rate.scale() > RATE_DIGITS) {
            throw problem(
                    "",
                    amount + (rate.equals(Amount.of(1)) ? "" : " at " + rate) + " of " + line.entry()
                            + " has more digits than DATEV takes");
        }
        return new DatevBatch.Posting(
                amount.toBigDecimal(),
                amount.currency().getCurrencyCode(),
                rate.toBigDecimal(),
                base.toBigDecimal(),
                rounded.pair().debit(),
                rounded.pair().credit(),
                line.bookedOn(),
                line.subject(),
                line.entry());
    }

    private static Amount rate(Configuration configuration, Currency currency, JournalStore.Line line) {
        @Nullable Amount rate = configuration.exchangeRates().perEuro(currency, line.bookedOn());
        if (rate == null) {
            throw problem(
                    "fx.csv", "there is no rate of " + currency + " on " + line.bookedOn() + " for " + line.entry());
        }
        return rate;
    }

    private static void checkAccount(String account, DatevSettings settings) {
        if (!account.matches("[1-9][0-9]*|0[0-9]+") || account.length() > settings.accountLength()) {
            throw problem(
                    "ledger.yml",
                    "the account " + (account.isEmpty() ? "without a number" : account)
                            + " is no account of DATEV: digits, at most " + settings.accountLength());
        }
    }

    private static ProblemException problem(String file, String what) {
        return new ProblemException(
                ProblemCode.NOT_EXPORTABLE, file.isEmpty() ? Place.NOWHERE : Place.file(file), what);
    }
}
