package io.saldo.app.config;

import io.saldo.invoice.TaxTreatment;
import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tax profiles of {@code tax.yml}. */
public final class TaxProfiles {
    private final TreeMap<String, Profile> profiles;

    /**
     * One way in which accounts are taxed.
     *
     * @param category EN 16931 code list UNCL5305: S, AE, G or E
     * @param ratePercentByDate the rate from a date on
     * @param textByLanguage the legal text by language
     */
    public record Profile(
            String category, NavigableMap<LocalDate, Amount> ratePercentByDate, Map<String, String> textByLanguage) {
        /** Keeps copies that nobody can change. */
        public Profile {
            ratePercentByDate = Collections.unmodifiableNavigableMap(new TreeMap<>(ratePercentByDate));
            textByLanguage = Map.copyOf(textByLanguage);
        }
    }

    /** Those profiles by name. */
    public TaxProfiles(Map<String, Profile> profiles) {
        this.profiles = new TreeMap<>(profiles);
    }

    /** The names, sorted. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(profiles.keySet()));
    }

    /** The names of those by which the buyer owes the tax, and is named by a VAT id. */
    public Set<String> reverseCharged() {
        return profiles.entrySet().stream()
                .filter(each -> each.getValue().category().equals("AE"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How a profile is taxed on a date, with the text of a language.
     *
     * @return null where there is no such profile or it has no rate yet on that date
     */
    public @Nullable TaxTreatment treatment(String profile, LocalDate date, String language) {
        Profile found = profiles.get(profile);
        if (found == null) {
            return null;
        }
        Map.Entry<LocalDate, Amount> rate = found.ratePercentByDate().floorEntry(date);
        return rate == null
                ? null
                : new TaxTreatment(
                        found.category(),
                        rate.getValue(),
                        found.textByLanguage().getOrDefault(language, ""));
    }
}
