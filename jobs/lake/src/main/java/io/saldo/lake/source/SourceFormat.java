package io.saldo.lake.source;

import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one source writes usage (SPEC 4.1).
 *
 * @param name the source's name
 * @param format its writing
 * @param mapping what the source file maps explicitly: a CSV column name or a JSON pointer; a column mapped to the empty
 *     text is one that the log does not have; a column not mapped has its own word, or a slash and its word
 * @param timestampForm how timestamps are written
 * @param timestampZone the zone of timestamps without offset; empty where none is declared
 * @param tokenSemantics how token counts overlap
 * @param provider the provider of every record whose own is empty; empty where the log must say it
 * @param accountByKeyOnly whether the account is found by API key even where the log names an account
 * @param identity how an event is known again
 * @param namespace within which events are unique
 * @param billableStatuses the statuses that are charged; none = all
 */
public record SourceFormat(
        String name,
        LogFormat format,
        Map<UsageColumn, String> mapping,
        TimestampFormat.Form timestampForm,
        String timestampZone,
        TokenSemantics tokenSemantics,
        String provider,
        boolean accountByKeyOnly,
        IdentityRule identity,
        String namespace,
        Set<String> billableStatuses)
        implements Serializable {
    /** Keeps copies that nobody can change. */
    public SourceFormat {
        EnumMap<UsageColumn, String> copy = new EnumMap<>(UsageColumn.class);
        copy.putAll(mapping);
        mapping = Collections.unmodifiableMap(copy);
        billableStatuses = Collections.unmodifiableSet(new TreeSet<>(billableStatuses));
    }

    /** The built-in profile {@code saldo}: canonical names, ISO timestamps with offset, inclusive token counts. */
    public static SourceFormat saldo(String name, LogFormat format) {
        return new SourceFormat(
                name,
                format,
                Map.of(),
                TimestampFormat.Form.ISO,
                "",
                TokenSemantics.INCLUSIVE,
                "",
                false,
                IdentityRule.EVENT_ID,
                name,
                Set.of());
    }

    /** How timestamps are read. */
    public TimestampFormat timestamp() {
        return new TimestampFormat(timestampForm, timestampZone.isEmpty() ? null : ZoneId.of(timestampZone));
    }

    /** The CSV column or JSON pointer that holds the column; empty where the log does not have it. */
    public String placeOf(UsageColumn column) {
        String mapped = mapping.get(column);
        if (mapped != null) {
            return mapped;
        }
        return format == LogFormat.CSV ? column.word() : "/" + column.word();
    }

    /** Whether an event of that status is charged: every one where the source lists none, or where it is empty. */
    public boolean isBillable(String status) {
        return status.isEmpty() || billableStatuses.isEmpty() || billableStatuses.contains(status);
    }
}
