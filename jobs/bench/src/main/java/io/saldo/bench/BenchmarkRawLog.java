package io.saldo.bench;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records per second of reading a raw log, from the file to every field of every record: our reader beside Commons CSV.
 *
 * <p>Both visit all 18 columns and add up their lengths, which are the same in bytes and in characters here. Ours leaves
 * a field where it is in the buffer and checks it for UTF-8; Commons CSV makes it a String, which a caller would need to
 * parse. Neither checks what a field means.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class BenchmarkRawLog {
    private static final int RECORDS = 100_000;
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);
    private static final SourceFormat FORMAT = SourceFormat.saldo("usage", LogFormat.CSV);
    private static final CSVFormat COMMONS =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private Path folder = Path.of("");
    private Path log = Path.of("");
    private long fieldBytes;

    /** Writes a day of one delivery and reads it once with each, to prove that they see the same. */
    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("saldo-bench");
        LoadGenerator.generate(new LoadPlan(1, 1000, RECORDS, DAY, 1, "csv", 1, folder));
        log = folder.resolve("deliveries/" + DAY + "/usage/usage-" + DAY + ".csv");
        fieldBytes = read();
        prove(commons());
    }

    /** Removes what was written. */
    @TearDown
    public void tearDown() throws IOException {
        Folders.delete(folder);
    }

    /** The reader of the night. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long rawLog() throws IOException {
        return prove(read());
    }

    /** Commons CSV, the peer. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long commonsCsv() throws IOException {
        return prove(commons());
    }

    private long read() throws IOException {
        long sum = 0;
        int columns = UsageColumn.all().size();
        try (RawLog reader = RawLog.open(log, FORMAT.layout(), Objects.requireNonNull(log.getParent()))) {
            while (reader.next()) {
                for (int column = 0; column < columns; column++) {
                    sum += reader.fieldEnd(column) - reader.fieldStart(column);
                }
            }
        }
        return sum;
    }

    private long commons() throws IOException {
        long sum = 0;
        try (CSVParser parser = CSVParser.parse(log, StandardCharsets.UTF_8, COMMONS)) {
            for (CSVRecord values : parser) {
                for (int column = 0; column < values.size(); column++) {
                    sum += values.get(column).length();
                }
            }
        }
        return sum;
    }

    private long prove(long sum) {
        if (sum != fieldBytes) {
            throw new IllegalStateException("the fields have " + fieldBytes + " bytes, " + sum + " were read");
        }
        return sum;
    }
}
