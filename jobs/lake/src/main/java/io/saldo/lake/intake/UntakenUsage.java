package io.saldo.lake.intake;

import io.saldo.lake.source.HeldLog;
import io.saldo.lake.source.Quantity;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.usage.Meter;
import io.saldo.usage.UsageColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Usage that was rejected or is held, read as far as it says what was used: another system may have charged it. A record is
 * left out where its product or one of its quantities cannot be read, or where nothing of it is charged.
 */
public final class UntakenUsage implements Closeable {
    /** In {@link #occurredAt}: the record does not say when. */
    public static final long NO_INSTANT = OccurredAt.BAD;

    private static final Map<Meter, UsageColumn> COLUMNS = new EnumMap<>(Map.of(
            Meter.INPUT, UsageColumn.INPUT_TOKENS,
            Meter.CACHED_INPUT, UsageColumn.CACHED_INPUT_TOKENS,
            Meter.CACHE_WRITE, UsageColumn.CACHE_WRITE_TOKENS,
            Meter.OUTPUT, UsageColumn.OUTPUT_TOKENS,
            Meter.AUDIO_INPUT, UsageColumn.AUDIO_INPUT_TOKENS,
            Meter.AUDIO_OUTPUT, UsageColumn.AUDIO_OUTPUT_TOKENS,
            Meter.UNIT, UsageColumn.UNITS,
            Meter.REQUEST, UsageColumn.REQUESTS));

    private final HeldLog log;
    private final SourceFormat format;
    private final OccurredAt timestamps;
    private long occurredAt;
    private long[] quantities = new long[0];

    /** Opens a file of the lake's folders {@code rejected} or {@code held}, whose records that source wrote. */
    public UntakenUsage(Path file, SourceFormat format) throws IOException {
        this.format = format;
        timestamps = new OccurredAt(format.timestamp());
        log = RawLog.openHeld(file, format.layout());
    }

    /** Goes to the next record that can be read, and says whether there is one. */
    public boolean next() throws IOException {
        while (log.nextReadable()) {
            if (!model().isEmpty()
                    && !provider().isEmpty()
                    && format.isBillable(log.text(UsageColumn.STATUS))
                    && readQuantities()) {
                long instant = timestamps.parse(
                        log.fieldData(),
                        log.fieldStart(RecordCheck.OCCURRED_AT),
                        log.fieldEnd(RecordCheck.OCCURRED_AT));
                occurredAt = instant == OccurredAt.BAD ? NO_INSTANT : instant;
                return true;
            }
        }
        return false;
    }

    private boolean readQuantities() {
        quantities = new long[Meter.COUNT];
        for (Map.Entry<Meter, UsageColumn> each : COLUMNS.entrySet()) {
            int position = RecordCheck.position(each.getValue());
            int from = log.fieldStart(position);
            int to = log.fieldEnd(position);
            long value =
                    from == to ? (each.getKey() == Meter.REQUEST ? 1 : 0) : Quantity.parse(log.fieldData(), from, to);
            if (value == Quantity.BAD) {
                return false;
            }
            quantities[each.getKey().ordinal()] = value;
        }
        return format.tokenSemantics().normalize(quantities);
    }

    /** The code of the problem for which it was not taken. */
    public String code() {
        return log.code();
    }

    /** The line on which it stands in its delivery. */
    public long line() {
        return log.line();
    }

    /** The account that the log names; empty where it names none. */
    public String accountId() {
        return log.text(UsageColumn.ACCOUNT_ID);
    }

    /** The API key; empty where the log has none. */
    public String apiKeyId() {
        return log.text(UsageColumn.API_KEY_ID);
    }

    /** The provider, where need be the source's. */
    public String provider() {
        String logged = log.text(UsageColumn.PROVIDER);
        return logged.isEmpty() ? format.provider() : logged;
    }

    /** The model, before alias. */
    public String model() {
        return log.text(UsageColumn.MODEL);
    }

    /** The service tier; {@code standard} where the log has none. */
    public String serviceTier() {
        String logged = log.text(UsageColumn.SERVICE_TIER);
        return logged.isEmpty() ? "standard" : logged;
    }

    /** When, in microseconds; {@link #NO_INSTANT} where that cannot be read. */
    public long occurredAt() {
        return occurredAt;
    }

    /** Its disjoint quantities by {@link Meter#ordinal()}; belongs to the caller. */
    public long[] quantities() {
        return quantities;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
