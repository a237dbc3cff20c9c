package io.saldo.app.export;

import io.saldo.app.config.DatevSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A booking batch in DATEV's format EXTF 700, category 21 "Buchungsstapel", version 13: a header of 31 fields, the names of
 * 125 columns, and a row for each posting. Semicolons, text in quotes, decimal commas, CRLF.
 */
final class DatevBatch {
    /** How many postings a batch holds. */
    static final int ROWS_MAX = 99_999;

    private static final int COLUMNS_COUNT = 125;
    private static final int DOCUMENT_FIELD_LENGTH_MAX = 36;
    private static final int TEXT_LENGTH_MAX = 60;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter DOCUMENT_DAY = DateTimeFormatter.ofPattern("ddMM", Locale.ROOT);
    private static final List<String> COLUMNS = columnNames();

    private DatevBatch() {}

    /**
     * One posting: debit an amount on one account, credit it on another.
     *
     * @param amount positive, with at most two digits after the point
     * @param currency of the amount
     * @param perBase the rate, units of the currency for one of the batch's; 1 where it is that currency
     * @param base the amount in the batch's currency
     * @param debit account number
     * @param credit account number
     * @param on the date of the posting
     * @param document what it is about, for Belegfeld 1
     * @param text Buchungstext
     */
    record Posting(
            BigDecimal amount,
            String currency,
            BigDecimal perBase,
            BigDecimal base,
            String debit,
            String credit,
            LocalDate on,
            String document,
            String text) {}

    /**
     * The file's text.
     *
     * @param currency of the batch
     * @param label Bezeichnung, at most 30 letters
     * @param postings of one month at most, at most {@value #ROWS_MAX}
     */
    static String text(DatevSettings settings, String currency, String label, List<Posting> postings) {
        LocalDate from =
                postings.stream().map(Posting::on).min(LocalDate::compareTo).orElseThrow();
        LocalDate to =
                postings.stream().map(Posting::on).max(LocalDate::compareTo).orElseThrow();
        StringBuilder file = new StringBuilder();
        line(file, header(settings, currency, label, from, to));
        line(file, COLUMNS);
        for (Posting posting : postings) {
            line(file, row(settings, currency, posting));
        }
        return file.toString();
    }

    private static List<String> header(
            DatevSettings settings, String currency, String label, LocalDate from, LocalDate to) {
        return List.of(
                quoted("EXTF"),
                "700",
                "21",
                quoted("Buchungsstapel"),
                "13",
                // When it was made: the last day that it holds, and never the clock, so that it is the same bytes
                // again.
                DAY.format(to) + "000000000",
                "",
                quoted("SA"),
                quoted("Saldo"),
                quoted(""),
                Long.toString(settings.consultant()),
                Long.toString(settings.client()),
                DAY.format(settings.fiscalYear(from)),
                Integer.toString(settings.accountLength()),
                DAY.format(from),
                DAY.format(to),
                quoted(label),
                quoted(""),
                "1",
                "0",
                "0",
                quoted(currency),
                "",
                quoted(""),
                "",
                "",
                settings.chart().isEmpty() ? quoted("") : quoted(settings.chart()),
                "",
                "",
                quoted(""),
                quoted(""));
    }

    private static List<String> row(DatevSettings settings, String currency, Posting posting) {
        String[] cells = new String[COLUMNS_COUNT];
        Arrays.fill(cells, "");
        boolean foreign = !posting.currency().equals(currency);
        boolean automatic = settings.automaticAccounts().contains(posting.debit())
                || settings.automaticAccounts().contains(posting.credit());
        cells[0] = decimal(posting.amount(), 2);
        cells[1] = quoted("S");
        cells[2] = quoted(posting.currency());
        cells[3] = foreign ? decimal(posting.perBase(), 6) : "";
        cells[4] = foreign ? decimal(posting.base(), 2) : "";
        cells[5] = quoted(foreign ? currency : "");
        cells[6] = posting.debit();
        cells[7] = posting.credit();
        cells[8] = quoted(automatic ? "40" : "");
        cells[9] = DOCUMENT_DAY.format(posting.on());
        cells[10] = quoted(cut(posting.document().replaceAll("[^A-Za-z0-9$&%*+/-]", "-"), DOCUMENT_FIELD_LENGTH_MAX));
        cells[13] = quoted(cut(plain(posting.text()), TEXT_LENGTH_MAX));
        cells[113] = "0";
        return List.of(cells);
    }

    private static void line(StringBuilder file, List<String> cells) {
        file.append(String.join(";", cells)).append("\r\n");
    }

    private static String decimal(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP).toPlainString().replace('.', ',');
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Text on one line. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** The end of a long text is what tells two of them apart. */
    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(text.length() - length);
    }

    private static List<String> columnNames() {
        List<String> names = new ArrayList<>(List.of(
                "Umsatz (ohne Soll/Haben-Kz)",
                "Soll/Haben-Kennzeichen",
                "WKZ Umsatz",
                "Kurs",
                "Basis-Umsatz",
                "WKZ Basis-Umsatz",
                "Konto",
                "Gegenkonto (ohne BU-Schl\u00fcssel)",
                "BU-Schl\u00fcssel",
                "Belegdatum",
                "Belegfeld 1",
                "Belegfeld 2",
                "Skonto",
                "Buchungstext",
                "Postensperre",
                "Diverse Adressnummer",
                "Gesch\u00e4ftspartnerbank",
                "Sachverhalt",
                "Zinssperre",
                "Beleglink"));
        pairs(names, "Beleginfo - Art ", "Beleginfo - Inhalt ", 8);
        names.addAll(List.of(
                "KOST1 - Kostenstelle",
                "KOST2 - Kostenstelle",
                "Kost-Menge",
                "EU-Land u. UStID (Bestimmung)",
                "EU-Steuersatz (Bestimmung)",
                "Abw. Versteuerungsart",
                "Sachverhalt L+L",
                "Funktionserg\u00e4nzung L+L",
                "BU 49 Hauptfunktionstyp",
                "BU 49 Hauptfunktionsnummer",
                "BU 49 Funktionserg\u00e4nzung"));
        pairs(names, "Zusatzinformation - Art ", "Zusatzinformation- Inhalt ", 20);
        names.addAll(List.of(
                "St\u00fcck",
                "Gewicht",
                "Zahlweise",
                "Forderungsart",
                "Veranlagungsjahr",
                "Zugeordnete F\u00e4lligkeit",
                "Skontotyp",
                "Auftragsnummer",
                "Buchungstyp",
                "USt-Schl\u00fcssel (Anzahlungen)",
                "EU-Land (Anzahlungen)",
                "Sachverhalt L+L (Anzahlungen)",
                "EU-Steuersatz (Anzahlungen)",
                "Erl\u00f6skonto (Anzahlungen)",
                "Herkunft-Kz",
                "Buchungs GUID",
                "KOST-Datum",
                "SEPA-Mandatsreferenz",
                "Skontosperre",
                "Gesellschaftername",
                "Beteiligtennummer",
                "Identifikationsnummer",
                "Zeichnernummer",
                "Postensperre bis",
                "Bezeichnung SoBil-Sachverhalt",
                "Kennzeichen SoBil-Buchung",
                "Festschreibung",
                "Leistungsdatum",
                "Datum Zuord. Steuerperiode",
                "F\u00e4lligkeit",
                "Generalumkehr (GU)",
                "Steuersatz",
                "Land",
                "Abrechnungsreferenz",
                "BVV-Position",
                "EU-Land u. UStID (Ursprung)",
                "EU-Steuersatz (Ursprung)",
                "Abw. Skontokonto"));
        return List.copyOf(names);
    }

    private static void pairs(List<String> names, String one, String other, int count) {
        for (int number = 1; number <= count; number++) {
            names.add(one + number);
            names.add(other + number);
        }
    }
}
