package io.saldo.app.config;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * What the header of a DATEV booking batch says, from {@code ledger.yml}.
 *
 * @param consultant the tax consultant's number, 1001 to 9999999
 * @param client the client's number, 1 to 99999
 * @param fiscalYearStart the first day of the client's fiscal year
 * @param accountLength digits of a general-ledger account, 4 to 8
 * @param chart the chart of accounts, such as {@code 04}; empty where none is named
 * @param automaticAccounts accounts on which DATEV computes tax by itself
 */
public record DatevSettings(
        long consultant,
        long client,
        MonthDay fiscalYearStart,
        int accountLength,
        String chart,
        Set<String> automaticAccounts) {
    /** Keeps a copy. */
    public DatevSettings {
        automaticAccounts = Set.copyOf(automaticAccounts);
    }

    /** The first day of the fiscal year that a date is in. */
    public LocalDate fiscalYear(LocalDate date) {
        LocalDate start = fiscalYearStart.atYear(date.getYear());
        return start.isAfter(date) ? fiscalYearStart.atYear(date.getYear() - 1) : start;
    }
}
