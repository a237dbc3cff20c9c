package io.saldo.lake.source;

import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one source writes usage (SPEC 4.1).
 *
 * @param name the source's name
 * @param format its writing
 * @param mapping what the source file maps explicitly: a place as {@code config/README.md} explains them; a column mapped
 *     to the empty text is one that the log does not have; a column not mapped has its own word
 * @param timestampForm how timestamps are written
 * @param timestampZone the zone of timestamps without offset; empty where none is declared
 * @param tokenSemantics how token counts overlap
 * @param provider the provider of every record whose own is empty; empty where the log must say it
 * @param accountByKeyOnly whether the account is found by API key even where the log names an account
 * @param identity how an event is known again
 * @param namespace within which events are unique
 * @param billableStatuses the statuses that are charged; none = all
 * @param compression how every file is compressed
 * @param records where a JSON document has its records, such as {@code /data/*}; empty for the entries of an array
 * @param isBilling whether its events are charged at all; else they are only there to be compared
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
        Set<String> billableStatuses,
        Compression compression,
        String records,
        boolean isBilling)
        implements Serializable {
    /** Whatever the compression, records at their usual place, charged. */
    public SourceFormat(
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
            Set<String> billableStatuses) {
        this(
                name,
                format,
                mapping,
                timestampForm,
                timestampZone,
                tokenSemantics,
                provider,
                accountByKeyOnly,
                identity,
                namespace,
                billableStatuses,
                Compression.ANY,
                "",
                true);
    }

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

    /** The column or JSON pointer that holds the column; empty where the log does not have it. */
    public String placeOf(UsageColumn column) {
        String mapped = mapping.get(column);
        if (mapped != null) {
            return mapped;
        }
        return format.hasNamedColumns() ? column.word() : "/" + column.word();
    }

    /** Where its records have the columns of {@link UsageColumn#all}. */
    public RecordLayout layout() {
        List<RecordLayout.Column> columns = new ArrayList<>();
        for (UsageColumn column : UsageColumn.all()) {
            columns.add(
                    new RecordLayout.Column(column.word(), placeOf(column), isRequired(column), column.isQuantity()));
        }
        return RecordLayout.usage(
                format,
                compression,
                records,
                columns,
                accountByKeyOnly
                        ? Set.of()
                        : Set.of(UsageColumn.ACCOUNT_ID.ordinal(), UsageColumn.API_KEY_ID.ordinal()));
    }

    // What an operator maps must be there; a misspelt column would otherwise count as zero.
    private boolean isRequired(UsageColumn column) {
        String mapped = mapping.get(column);
        if (mapped != null) {
            return !mapped.isEmpty();
        }
        return switch (column) {
            case EVENT_ID -> identity == IdentityRule.EVENT_ID;
            case OCCURRED_AT, MODEL -> true;
            case PROVIDER -> provider.isEmpty();
            case API_KEY_ID -> accountByKeyOnly;
            default -> false;
        };
    }

    /** Whether an event of that status is charged: every one where the source lists none, or where it is empty. */
    public boolean isBillable(String status) {
        return isBilling && (status.isEmpty() || billableStatuses.isEmpty() || billableStatuses.contains(status));
    }
}
