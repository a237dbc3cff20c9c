package io.saldo.lake.intake;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.intake.ScatterManifest.DeliveryProblem;
import io.saldo.lake.intake.ScatterManifest.HeldCount;
import io.saldo.lake.intake.ScatterManifest.RejectedCount;
import io.saldo.lake.memory.BytesTable;
import io.saldo.lake.source.Malformation;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.OptionalTable;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.lake.usage.QuantitySum;
import io.saldo.lake.usage.UsageSegmentWriter;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.usage.IdentityRule;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of a scatter partition. */
final class Scatter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ScatterPartition partition;
    private final SourceFormat format;
    private final OccurredAt timestamps;
    private final RecordCheck check;
    private final EventHash hash;
    private final Months months;
    private final Days days;
    private final AccountFinder accounts;
    private final byte[] provider;

    private long records;
    private long rejected;
    private long held;
    private final QuantitySum inputTokens = new QuantitySum();
    private final QuantitySum outputTokens = new QuantitySum();
    private final EnumMap<ProblemCode, RejectedSum> rejectedSums = new EnumMap<>(ProblemCode.class);
    private final Map<HeldKey, long[]> heldSums = new HashMap<>();
    private final BytesTable billableStatuses = new BytesTable();

    private final byte[][] texts = new byte[Dimensions.TEXTS][];
    private final int[] from = new int[Dimensions.TEXTS];
    private final int[] to = new int[Dimensions.TEXTS];
    private final byte[] tuple;
    private final byte[] derivedId = new byte[EventHash.DERIVED_ID_BYTES_MAX];
    private final DimensionWords words = new DimensionWords();
    private byte[] shared = new byte[1 << 10];
    // The record's dimensions, encoded.
    private byte[] encoded = shared;
    private byte[] event = new byte[1 << 10];

    private record HeldKey(boolean byKey, String subject, int month) {}

    private static final class RejectedSum {
        final long firstLine;
        final String firstMessage;
        long records;

        RejectedSum(long firstLine, String firstMessage) {
            this.firstLine = firstLine;
            this.firstMessage = firstMessage;
        }
    }

    Scatter(ScatterPartition partition) throws IOException {
        this.partition = partition;
        format = partition.format();
        timestamps = new OccurredAt(format.timestamp());
        check = new RecordCheck(format, partition.asOfMicros(), partition.horizonStartMicros(), timestamps);
        hash = new EventHash(format, timestamps);
        BillingZone zone = new BillingZone(ZoneId.of(partition.billingZone()));
        long end = partition.asOfMicros() + RecordCheck.FUTURE_GRACE_MICROS;
        months = new Months(zone, partition.horizonStartMicros(), end);
        days = new Days(zone, partition.horizonStartMicros(), end);
        accounts = new AccountFinder(
                AccountDirectory.read(Path.of(partition.accountDirectoryPath())), partition.accountShards());
        tuple = new byte[IdentityTuple.longs(format.identity()) * Long.BYTES];
        for (String status : format.billableStatuses()) {
            byte[] bytes = status.getBytes(StandardCharsets.UTF_8);
            billableStatuses.add(bytes, 0, bytes.length);
        }
        provider = format.provider().getBytes(StandardCharsets.UTF_8);
    }

    ScatterManifest run() throws IOException {
        Path input = Path.of(partition.inputPath());
        try (RawLog log = partition.input() == ScatterPartition.Input.HELD
                ? RawLog.openHeld(input, format.layout())
                : RawLog.open(input, format.layout(), Path.of(partition.workFolder()))) {
            return run(log);
        } catch (ProblemException unreadable) {
            Problem problem = unreadable.problems().get(0);
            return unread(new DeliveryProblem(problem.code(), problem.what()));
        }
    }

    private ScatterManifest run(RawLog log) throws IOException {
        Path lake = Path.of(partition.lakeFolder());
        String runPath = partition.name() + ".run";
        try (RunFileWriter run = new RunFileWriter(
                        Path.of(partition.workFolder()),
                        runPath,
                        format.namespace(),
                        format.identity(),
                        partition.accountShards(),
                        partition.identityShards(),
                        partition.memoryBudgetBytes());
                OptionalTable rejects =
                        new OptionalTable(lake, "rejected/" + partition.name() + ".parquet", UntakenRecords.SCHEMA);
                OptionalTable holds =
                        new OptionalTable(lake, "held/" + partition.name() + ".parquet", UntakenRecords.SCHEMA)) {
            while (log.next()) {
                records++;
                Malformation malformation = check.check(log);
                if (malformation != null) {
                    reject(log, malformation, rejects);
                    continue;
                }
                inputTokens.add(check.logged[RecordCheck.INPUT_TOKENS]);
                outputTokens.add(check.logged[RecordCheck.OUTPUT_TOKENS]);
                days.add(check.occurredAt);
                int dimensions = dimensions(log, run);
                if (dimensions < 0) {
                    hold(log, holds);
                } else {
                    forward(log, dimensions, run);
                }
            }
            long forwarded = run.records();
            if (records != forwarded + rejected + held) {
                throw new IllegalStateException(records + " records are not " + forwarded + " forwarded, " + rejected
                        + " rejected and " + held + " held");
            }
            StoredFile rejectedFile = rejects.commit();
            StoredFile heldFile = holds.commit();
            RunFile runFile = null;
            if (forwarded > 0) {
                run.commit();
                runFile = new RunFile(runPath, partition.delivery(), format.identity(), forwarded);
            }
            return new ScatterManifest(
                    partition.name(),
                    partition.delivery(),
                    null,
                    records,
                    forwarded,
                    rejected,
                    held,
                    inputTokens.value(),
                    outputTokens.value(),
                    days.counts(),
                    runFile,
                    run.accountTotals(),
                    run.identityTotals(),
                    rejectedFile,
                    heldFile,
                    rejectedCounts(),
                    heldCounts());
        }
    }

    private ScatterManifest unread(DeliveryProblem problem) {
        return new ScatterManifest(
                partition.name(),
                partition.delivery(),
                problem,
                0,
                0,
                0,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                List.of(),
                null,
                Collections.nCopies(partition.accountShards(), 0L),
                Collections.nCopies(partition.identityShards(), 0L),
                null,
                null,
                List.of(),
                List.of());
    }

    private void reject(RawLog log, Malformation malformation, OptionalTable rejects) throws IOException {
        rejected++;
        rejects.add(UntakenRecords.row(partition.delivery(), log, malformation.code(), malformation.message()));
        rejectedSums.computeIfAbsent(malformation.code(), code -> new RejectedSum(log.line(), malformation.message()))
                .records++;
    }

    // The account as logged comes first; where it is empty, or the source says so, the key at the event's instant.
    // An account as logged that was found with the same other texts before is not looked up again; nor are the texts,
    // where the log has words for them.
    private int dimensions(RawLog log, RunFileWriter run) throws IOException {
        boolean byKey = holdsByKey(log);
        if (!byKey) {
            int known = words.find(log);
            if (known >= 0) {
                encoded = run.dimensions(known);
                return known;
            }
        }
        int account = -1;
        text(log, RecordCheck.API_KEY_ID, Dimensions.API_KEY_ID);
        if (byKey) {
            int key = Dimensions.API_KEY_ID;
            account = accounts.byKey(texts[key], from[key], to[key], check.occurredAt);
            if (account < 0) {
                return -1;
            }
            text(Dimensions.ACCOUNT_ID, accounts.accountId(account));
        } else {
            text(log, RecordCheck.ACCOUNT_ID, Dimensions.ACCOUNT_ID);
        }
        text(log, RecordCheck.PROJECT_ID, Dimensions.PROJECT_ID);
        text(log, RecordCheck.PROVIDER, Dimensions.PROVIDER);
        if (RecordCheck.isEmpty(log, RecordCheck.PROVIDER)) {
            text(Dimensions.PROVIDER, provider);
        }
        text(log, RecordCheck.MODEL, Dimensions.MODEL);
        text(log, RecordCheck.SERVICE_TIER, Dimensions.SERVICE_TIER);
        text(log, RecordCheck.STATUS, Dimensions.STATUS);
        int most = Dimensions.encodedBytes(from, to);
        if (shared.length < most) {
            shared = new byte[most * 2];
        }
        int end = Dimensions.encode(shared, texts, from, to);
        encoded = shared;
        int number = run.find(shared, end);
        if (number < 0) {
            if (!byKey) {
                account = account();
            }
            if (account < 0) {
                return -1;
            }
            number = run.define(accounts.shard(account), shared, end);
        }
        if (!byKey && run.remembers(number)) {
            words.put(number);
        }
        return number;
    }

    private int account() {
        int text = Dimensions.ACCOUNT_ID;
        return accounts.byAccountId(encoded, Dimensions.from(encoded, text), Dimensions.to(encoded, text));
    }

    private boolean holdsByKey(RawLog log) {
        return format.accountByKeyOnly() || RecordCheck.isEmpty(log, RecordCheck.ACCOUNT_ID);
    }

    private void hold(RawLog log, OptionalTable holds) throws IOException {
        held++;
        boolean byKey = holdsByKey(log);
        int position = byKey ? RecordCheck.API_KEY_ID : RecordCheck.ACCOUNT_ID;
        String subject = text(log, position);
        holds.add(UntakenRecords.row(
                partition.delivery(),
                log,
                ProblemCode.UNKNOWN_ACCOUNT,
                byKey ? "the API key leads to no known account at the instant" : "the account is unknown"));
        int month = months.of(check.occurredAt);
        HeldKey key = new HeldKey(byKey, subject, month);
        long[] sum = heldSums.get(key);
        if (sum == null) {
            HeldKey counted = heldSums.size() < ScatterManifest.HELD_SUBJECTS_MAX ? key : new HeldKey(byKey, "", month);
            sum = heldSums.computeIfAbsent(counted, fresh -> new long[1]);
        }
        sum[0]++;
    }

    private void forward(RawLog log, int dimensions, RunFileWriter run) throws IOException {
        int identityShard = hash.hash(log, check, encoded, tuple, partition.identityShards());
        int shard = run.shard(dimensions);
        writeTuple(IdentityTuple.ORDINAL, run.records());
        writeTuple(IdentityTuple.LINE, log.line());
        writeTuple(IdentityTuple.SHARD_AND_DAY, IdentityTuple.shardAndDay(shard, check.occurredAt));
        if (format.identity() == IdentityRule.BUCKET) {
            writeTuple(IdentityTuple.ACCOUNT, accounts.hash(account()));
            for (int meter = 0; meter < check.meters.length; meter++) {
                writeTuple(IdentityTuple.FIGURE + meter, check.meters[meter]);
            }
            writeTuple(IdentityTuple.FIGURE + check.meters.length, check.reasoning);
        }
        byte[] id = log.fieldData();
        int idFrom = log.fieldStart(RecordCheck.EVENT_ID);
        int idTo = log.fieldEnd(RecordCheck.EVENT_ID);
        if (format.identity() != IdentityRule.EVENT_ID) {
            id = derivedId;
            idFrom = 0;
            idTo = hash.writeDerivedId(tuple, derivedId);
        }
        int most = EncodedEvent.OVERHEAD_BYTES + idTo - idFrom;
        if (event.length < most) {
            event = new byte[most * 2];
        }
        int length = EncodedEvent.encode(
                event,
                0,
                dimensions,
                run.records(),
                log.line(),
                check.occurredAt,
                months.of(check.occurredAt),
                isBillable(log),
                1,
                id,
                idFrom,
                idTo,
                check.reasoning,
                check.meters);
        run.add(shard, event, length, identityShard, tuple);
    }

    private void writeTuple(int position, long value) {
        LONG.set(tuple, position * Long.BYTES, value);
    }

    private void text(int text, byte[] whole) {
        texts[text] = whole;
        from[text] = 0;
        to[text] = whole.length;
    }

    private void text(RawLog log, int position, int text) {
        texts[text] = log.fieldData();
        from[text] = log.fieldStart(position);
        to[text] = log.fieldEnd(position);
    }

    private boolean isBillable(RawLog log) {
        if (!format.isBilling()) {
            return false;
        }
        if (format.billableStatuses().isEmpty() || RecordCheck.isEmpty(log, RecordCheck.STATUS)) {
            return true;
        }
        return billableStatuses.find(
                        log.fieldData(), log.fieldStart(RecordCheck.STATUS), log.fieldEnd(RecordCheck.STATUS))
                >= 0;
    }

    private static String text(RawLog log, int position) {
        return new String(
                log.fieldData(),
                log.fieldStart(position),
                log.fieldEnd(position) - log.fieldStart(position),
                StandardCharsets.UTF_8);
    }

    private List<RejectedCount> rejectedCounts() {
        List<RejectedCount> counts = new ArrayList<>();
        rejectedSums.forEach(
                (code, sum) -> counts.add(new RejectedCount(code, sum.records, sum.firstLine, sum.firstMessage)));
        return counts;
    }

    private List<HeldCount> heldCounts() {
        Comparator<HeldCount> bySubject = (left, right) -> Arrays.compareUnsigned(
                left.subject().getBytes(StandardCharsets.UTF_8), right.subject().getBytes(StandardCharsets.UTF_8));
        return heldSums.entrySet().stream()
                .map(entry -> new HeldCount(
                        entry.getKey().byKey(),
                        entry.getKey().subject(),
                        UsageSegmentWriter.word(entry.getKey().month()),
                        entry.getValue()[0]))
                .sorted(bySubject.thenComparing(HeldCount::month).thenComparing(HeldCount::byKey))
                .toList();
    }
}
