package io.saldo.app.config;

import io.saldo.credit.Terms;
import io.saldo.documents.design.Design;
import io.saldo.invoice.Issuer;
import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run was told, checked. What is wrong with a single account or price book is not in here: such an
 * account is among {@link LoadedConfiguration#heldAccounts}.
 *
 * @param settings technical settings
 * @param sources by name, sorted
 * @param accounts dated rows of all accounts
 * @param terms by account, sorted by their beginning; an account without terms has no entry, and its usage is unpriced
 * @param priceBooks prices and aliases
 * @param accountDirectory what intake needs to find an event's account
 * @param openings positions at go-live by account
 * @param issuer who issues the invoices
 * @param invoiceNumberPattern how their numbers look
 * @param creditNoteNumberPattern how the numbers of credit notes look, which are a series of their own
 * @param automaticApprovalUpTo an invoice whose total is at most this is approved without a person; null for none
 * @param taxProfiles how accounts are taxed
 * @param ledgerAccounts the company's number of every posting account
 * @param datev what a DATEV booking batch says of its origin; null where none is made
 * @param reconciliation tolerances and graces
 * @param exchangeRates rates to the euro
 * @param design how the documents that customers receive look
 */
public record Configuration(
        Settings settings,
        Map<String, Source> sources,
        Accounts accounts,
        Map<String, List<Terms>> terms,
        PriceBooks priceBooks,
        AccountDirectory accountDirectory,
        Map<String, Opening> openings,
        Issuer issuer,
        InvoiceNumberPattern invoiceNumberPattern,
        InvoiceNumberPattern creditNoteNumberPattern,
        @Nullable Amount automaticApprovalUpTo,
        TaxProfiles taxProfiles,
        Map<PostingAccount, String> ledgerAccounts,
        @Nullable DatevSettings datev,
        ReconciliationSettings reconciliation,
        ExchangeRates exchangeRates,
        Design design) {
    /** Keeps sorted copies that nobody can change. */
    public Configuration {
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        TreeMap<String, List<Terms>> termsCopy = new TreeMap<>();
        terms.forEach((account, list) -> termsCopy.put(account, List.copyOf(list)));
        terms = Collections.unmodifiableMap(termsCopy);
        openings = Collections.unmodifiableMap(new TreeMap<>(openings));
        ledgerAccounts = Collections.unmodifiableMap(new EnumMap<>(ledgerAccounts));
    }

    /** The terms of an account in force at that instant; null where it has none yet. */
    public @Nullable Terms termsAt(String accountId, long micros) {
        return Terms.inForce(terms.getOrDefault(accountId, List.of()), micros);
    }

    /** Which context the sources declare for their records. */
    public ContextTiers contextTiers() {
        Map<String, Long> byNamespace = new TreeMap<>();
        for (Source source : sources.values()) {
            if (source.usage() != null && source.declaresContext()) {
                byNamespace.put(source.usage().namespace(), source.contextTier());
            }
        }
        return new ContextTiers(byNamespace);
    }
}
