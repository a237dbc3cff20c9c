package io.saldo.lake.intake;

import io.saldo.lake.source.Malformation;
import io.saldo.lake.source.Quantity;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.problem.ProblemCode;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.Meter;
import io.saldo.usage.UsageColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a record by itself, in the order of SPEC 4.2; the first that fails names the record.
 *
 * <p>After a check that found nothing, the fields tell what the record says.
 */
final class RecordCheck {
    static final long FUTURE_GRACE_MICROS = 3_600_000_000L;

    static final int EVENT_ID = position(UsageColumn.EVENT_ID);
    static final int OCCURRED_AT = position(UsageColumn.OCCURRED_AT);
    static final int ACCOUNT_ID = position(UsageColumn.ACCOUNT_ID);
    static final int PROJECT_ID = position(UsageColumn.PROJECT_ID);
    static final int API_KEY_ID = position(UsageColumn.API_KEY_ID);
    static final int PROVIDER = position(UsageColumn.PROVIDER);
    static final int MODEL = position(UsageColumn.MODEL);
    static final int SERVICE_TIER = position(UsageColumn.SERVICE_TIER);
    static final int STATUS = position(UsageColumn.STATUS);
    static final int FIRST_QUANTITY = position(UsageColumn.INPUT_TOKENS);
    static final int QUANTITIES = UsageColumn.all().size() - FIRST_QUANTITY;
    static final int INPUT_TOKENS = 0;
    static final int OUTPUT_TOKENS = position(UsageColumn.OUTPUT_TOKENS) - FIRST_QUANTITY;

    private static final int REASONING_TOKENS = position(UsageColumn.REASONING_TOKENS) - FIRST_QUANTITY;
    private static final int REQUESTS = position(UsageColumn.REQUESTS) - FIRST_QUANTITY;
    private static final List<UsageColumn> COLUMNS = UsageColumn.all();
    private static final int[] METER_OF_QUANTITY = meterOfQuantity();
    private static final int VALUE_CHARACTERS_MAX = 80;
    private static final int EVENT_ID_BYTES_MAX = 1_000;
    private static final int TEXT_BYTES_MAX = 500;

    private final SourceFormat format;
    private final long asOfMicros;
    private final long horizonStartMicros;
    private final OccurredAt timestamps;
    private final boolean hasProvider;
    private final boolean isIso;

    /** The event's instant. */
    long occurredAt;

    /** Quantities as logged, in the order of their columns. */
    final long[] logged = new long[QUANTITIES];

    /** Disjoint quantities by meter. */
    final long[] meters = new long[Meter.COUNT];

    /** Reasoning tokens as logged. */
    long reasoning;

    RecordCheck(SourceFormat format, long asOfMicros, long horizonStartMicros, OccurredAt timestamps) {
        this.format = format;
        this.asOfMicros = asOfMicros;
        this.horizonStartMicros = horizonStartMicros;
        this.timestamps = timestamps;
        hasProvider = !format.provider().isEmpty();
        isIso = format.timestampForm() == TimestampFormat.Form.ISO;
    }

    /** What the record is rejected for; null where nothing. */
    @Nullable
    Malformation check(RawLog log) {
        Malformation malformation = log.malformation();
        if (malformation != null) {
            return malformation;
        }
        occurredAt = isIso ? log.instant() : RawLog.NO_NUMBER;
        Malformation missing = missing(log);
        if (missing != null) {
            return missing;
        }
        if (occurredAt == RawLog.NO_NUMBER) {
            occurredAt = timestamps.parse(log.fieldData(), log.fieldStart(OCCURRED_AT), log.fieldEnd(OCCURRED_AT));
        }
        if (occurredAt == OccurredAt.BAD) {
            return new Malformation(
                    ProblemCode.BAD_TIMESTAMP, found(log, OCCURRED_AT) + ": it is " + expectedTimestamp());
        }
        if (occurredAt > asOfMicros + FUTURE_GRACE_MICROS) {
            return new Malformation(
                    ProblemCode.IN_THE_FUTURE,
                    found(log, OCCURRED_AT) + ": the business date ends at " + Instants.format(asOfMicros)
                            + ", and 1 hour more is allowed");
        }
        if (occurredAt < horizonStartMicros) {
            return new Malformation(
                    ProblemCode.TOO_OLD,
                    found(log, OCCURRED_AT) + ": events are taken from " + Instants.format(horizonStartMicros) + " on");
        }
        Malformation badQuantity = quantities(log);
        return badQuantity != null ? badQuantity : tokens();
    }

    static int position(UsageColumn column) {
        return UsageColumn.all().indexOf(column);
    }

    static boolean isEmpty(RawLog log, int position) {
        return log.fieldStart(position) == log.fieldEnd(position);
    }

    private @Nullable Malformation missing(RawLog log) {
        boolean hasInstant = occurredAt != RawLog.NO_NUMBER;
        for (int column = 0; column < FIRST_QUANTITY; column++) {
            if (column == OCCURRED_AT && hasInstant) {
                continue;
            }
            int most = column == EVENT_ID ? EVENT_ID_BYTES_MAX : TEXT_BYTES_MAX;
            int length = log.fieldEnd(column) - log.fieldStart(column);
            if (length > most) {
                return new Malformation(
                        ProblemCode.MALFORMED,
                        name(column) + " has " + length + " bytes: at most " + most + " are taken");
            }
        }
        int lacking = format.identity() == IdentityRule.EVENT_ID && isEmpty(log, EVENT_ID)
                ? EVENT_ID
                : !hasInstant && isEmpty(log, OCCURRED_AT)
                        ? OCCURRED_AT
                        : !hasProvider && isEmpty(log, PROVIDER) ? PROVIDER : isEmpty(log, MODEL) ? MODEL : -1;
        if (lacking >= 0) {
            return new Malformation(ProblemCode.MISSING_FIELD, name(lacking) + " is empty");
        }
        if (isEmpty(log, API_KEY_ID)) {
            if (format.accountByKeyOnly()) {
                return new Malformation(ProblemCode.MISSING_FIELD, name(API_KEY_ID) + " is empty");
            }
            if (isEmpty(log, ACCOUNT_ID)) {
                return new Malformation(
                        ProblemCode.MISSING_FIELD, name(ACCOUNT_ID) + " and " + name(API_KEY_ID) + " are empty");
            }
        }
        return null;
    }

    private @Nullable Malformation quantities(RawLog log) {
        byte[] data = log.fieldData();
        for (int quantity = 0; quantity < QUANTITIES; quantity++) {
            long value = log.number(FIRST_QUANTITY + quantity);
            if (value < 0) {
                int from = log.fieldStart(FIRST_QUANTITY + quantity);
                int to = log.fieldEnd(FIRST_QUANTITY + quantity);
                value = from == to ? (quantity == REQUESTS ? 1 : 0) : Quantity.parse(data, from, to);
            }
            if (value == Quantity.BAD) {
                return new Malformation(
                        ProblemCode.BAD_QUANTITY,
                        found(log, FIRST_QUANTITY + quantity)
                                + ": a quantity is a whole number from 0 to 9223372036854775807");
            }
            logged[quantity] = value;
        }
        return null;
    }

    private @Nullable Malformation tokens() {
        reasoning = logged[REASONING_TOKENS];
        for (int quantity = 0; quantity < QUANTITIES; quantity++) {
            if (METER_OF_QUANTITY[quantity] >= 0) {
                meters[METER_OF_QUANTITY[quantity]] = logged[quantity];
            }
        }
        if (format.tokenSemantics().normalize(meters)) {
            return null;
        }
        boolean output = logged[position(UsageColumn.AUDIO_OUTPUT_TOKENS) - FIRST_QUANTITY] > logged[OUTPUT_TOKENS];
        String whole = output ? "output_tokens" : "input_tokens";
        String parts = output
                ? part(UsageColumn.AUDIO_OUTPUT_TOKENS)
                : part(UsageColumn.CACHED_INPUT_TOKENS) + ", " + part(UsageColumn.CACHE_WRITE_TOKENS) + " and "
                        + part(UsageColumn.AUDIO_INPUT_TOKENS);
        long amount = output ? logged[OUTPUT_TOKENS] : logged[INPUT_TOKENS];
        return new Malformation(
                ProblemCode.INCONSISTENT_TOKENS,
                whole + " is " + amount + ", less than its parts " + parts + " of an inclusive source");
    }

    private String part(UsageColumn column) {
        return column.word() + " " + logged[position(column) - FIRST_QUANTITY];
    }

    private String expectedTimestamp() {
        String form =
                switch (format.timestampForm()) {
                    case ISO -> "no date and time as 2026-10-05T18:17:03Z";
                    case SLASHED -> "no date and time as 2026/10/05 18:17:03 +0000";
                    case EPOCH_SECONDS -> "no count of seconds since 1970";
                    case EPOCH_MILLIS -> "no count of milliseconds since 1970";
                    case EPOCH_MICROS -> "no count of microseconds since 1970";
                    case EPOCH_NANOS -> "no count of nanoseconds since 1970";
                    case DATE -> "no day as 2026-10-05";
                    case US_DATE -> "no day as 10/05/2026";
                };
        if (!form.startsWith("no date")) {
            return form;
        }
        return form
                + (format.timestampZone().isEmpty()
                        ? ", with an offset"
                        : ", or a local time that does not exist in " + format.timestampZone());
    }

    // The canonical column, and where the log calls it otherwise, that name too.
    private String name(int position) {
        UsageColumn column = COLUMNS.get(position);
        String mapped = format.mapping().get(column);
        return mapped == null || mapped.isEmpty() || mapped.equals(column.word())
                ? column.word()
                : column.word() + " (" + mapped + ")";
    }

    private String found(RawLog log, int position) {
        return name(position) + " is \"" + shown(log, position) + "\"";
    }

    // A value is data: control characters would leave the line that it is told in.
    private static String shown(RawLog log, int position) {
        String text = new String(
                log.fieldData(),
                log.fieldStart(position),
                log.fieldEnd(position) - log.fieldStart(position),
                StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), VALUE_CHARACTERS_MAX);
        for (int index = 0; index < end; index++) {
            char character = text.charAt(index);
            boolean plain = !Character.isISOControl(character)
                    && !Character.isSurrogate(character)
                    && Character.getType(character) != Character.FORMAT;
            shown.append(plain ? character : '?');
        }
        return text.length() > end ? shown + "..." : shown.toString();
    }

    private static int[] meterOfQuantity() {
        int[] meters = new int[QUANTITIES];
        Arrays.fill(meters, -1);
        Meter[] order = {
            Meter.INPUT,
            Meter.CACHED_INPUT,
            Meter.CACHE_WRITE,
            Meter.OUTPUT,
            Meter.AUDIO_INPUT,
            Meter.AUDIO_OUTPUT,
            Meter.UNIT,
            Meter.REQUEST
        };
        UsageColumn[] columns = {
            UsageColumn.INPUT_TOKENS,
            UsageColumn.CACHED_INPUT_TOKENS,
            UsageColumn.CACHE_WRITE_TOKENS,
            UsageColumn.OUTPUT_TOKENS,
            UsageColumn.AUDIO_INPUT_TOKENS,
            UsageColumn.AUDIO_OUTPUT_TOKENS,
            UsageColumn.UNITS,
            UsageColumn.REQUESTS
        };
        for (int index = 0; index < order.length; index++) {
            meters[position(columns[index]) - FIRST_QUANTITY] =
                    Arrays.asList(Meter.values()).indexOf(order[index]);
        }
        return meters;
    }
}
