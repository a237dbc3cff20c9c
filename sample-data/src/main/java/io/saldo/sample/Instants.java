package io.saldo.sample;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads instants as they stand in logs and in from/to fields. */
final class Instants {

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:?\\d\\d)?");

    private Instants() {}

    /** The instant, truncated to microseconds, or empty where the text is none or the zone is missing. */
    static Optional<Instant> logged(String text, Optional<ZoneId> zone) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String fraction = matcher.group(5) == null ? "" : matcher.group(5);
            int nanos = Integer.parseInt((fraction + "000000").substring(0, 6)) * 1000;
            int second = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
            LocalDateTime local = LocalDate.parse(matcher.group(1))
                    .atTime(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), second, nanos);
            String offset = matcher.group(6);
            if (offset != null) {
                return Optional.of(local.toInstant(ZoneOffset.of(offset)));
            }
            if (zone.isEmpty()) {
                return Optional.empty();
            }
            ZoneRules rules = zone.get().getRules();
            List<ZoneOffset> offsets = rules.getValidOffsets(local);
            return offsets.isEmpty() ? Optional.empty() : Optional.of(local.toInstant(offsets.get(0)));
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }

    /** A from/to field: a date is its start in the billing zone, empty is {@code otherwise}. */
    static Instant bound(String text, ZoneId billingZone, Instant otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(billingZone).toInstant();
        }
        return logged(text, Optional.empty()).orElseThrow(() -> new IllegalArgumentException(text + " has no offset"));
    }
}
