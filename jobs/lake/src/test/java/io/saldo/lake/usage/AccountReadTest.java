package io.saldo.lake.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.file.DamagedFileException;
import io.saldo.lake.file.ParquetSource;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a segment is read for some of its accounts. What is counted is bytes, so no clock is looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountReadTest {
    private static final int ACCOUNTS = 4_000;
    private static final int EVENTS_EACH = 50;
    private static final int OCTOBER = 2026 * 12 + 9;
    private static final long FIRST_EVENT = 1_790_812_800_000_000L;

    private Path lake;
    private UsageSegment segment;

    @BeforeAll
    void write(@TempDir Path folder) throws IOException {
        lake = folder;
        Random random = new Random(1);
        try (UsageSegmentWriter writer = new UsageSegmentWriter(lake, OCTOBER, 0, "many", 64 << 20)) {
            EncodedEvent event = new EncodedEvent();
            for (int account = 0; account < ACCOUNTS; account++) {
                for (int number = 0; number < EVENTS_EACH; number++) {
                    event.wrap(encoded(random, number), 0, dimensions(random, account));
                    writer.add(event, "gateway".getBytes(StandardCharsets.UTF_8), 1, 1 + number % 31);
                }
            }
            segment = writer.commit();
        }
    }

    private static String accountId(int account) {
        return "account-%05d".formatted(account);
    }

    private static Dimensions dimensions(Random random, int account) {
        String[] texts = {
            accountId(account),
            "project-" + account % 7,
            "key-" + account,
            "openai",
            "model-" + random.nextInt(5),
            "",
            "ok"
        };
        return Dimensions.of(Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    private static byte[] encoded(Random random, int number) {
        String id = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        long[] quantities = new long[Meter.COUNT];
        quantities[Meter.INPUT.ordinal()] = random.nextInt(20_000);
        quantities[Meter.OUTPUT.ordinal()] = random.nextInt(2_000);
        quantities[Meter.REQUEST.ordinal()] = 1;
        byte[] target = new byte[1_000];
        EncodedEvent.encode(
                target,
                0,
                0,
                0,
                1 + random.nextInt(1_000_000),
                FIRST_EVENT + number * 3_600_000_000L,
                OCTOBER,
                true,
                1,
                id.getBytes(StandardCharsets.UTF_8),
                0,
                id.length(),
                0,
                quantities);
        return target;
    }

    private AccountEventsReader reader(long[] bytes) {
        return new AccountEventsReader(path -> new CountedFile(new LocalInputFile(lake.resolve(path)), bytes));
    }

    /** The bytes that reading these accounts takes, each of which must have all its events. */
    private long bytesFor(List<String> accountIds) throws IOException {
        long[] bytes = {0};
        TreeSet<String> found = new TreeSet<>();
        try (AccountEventsCursor cursor = reader(bytes).read(List.of(segment.path()), accountIds)) {
            while (cursor.next()) {
                assertThat(cursor.events().size()).isEqualTo(EVENTS_EACH);
                found.add(cursor.accountId());
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(accountIds));
        return bytes[0];
    }

    /** A dispute reads ids too, and no more pages. */
    @Test
    void aDisputedAccountIsReadFromItsPagesAlone() throws IOException {
        long[] bytes = {0};
        assertThat(reader(bytes)
                        .knownTo(31)
                        .keyed(List.of(segment.path()), accountId(1_234))
                        .events()
                        .size())
                .isEqualTo(EVENTS_EACH);
        assertThat(bytes[0] * 100).isLessThan(Files.size(lake.resolve(segment.path())) * 5);
    }

    @Test
    void whatAnEventIsKnownByIsReadFromNamesAlone() throws IOException {
        List<String> paths = List.of(segment.path());
        long[] whole = {0};
        EventName name = reader(whole).keyed(paths, accountId(1_234)).name(7);
        long[] names = {0};
        AccountEventsReader reader = reader(names);
        assertThat(reader.named(paths, accountId(1_234), Set.of(name.eventId(), "unknown")))
                .containsExactly(name);
        assertThat(names[0]).isLessThan(whole[0]);
        assertThat(reader.named(paths, accountId(1_235), Set.of(name.eventId())))
                .isEmpty();
    }

    @Test
    void whatNothingCameAfterIsNotReadAgain() throws IOException {
        List<String> paths = List.of(segment.path());
        long[] bytes = {0};
        AccountEventsReader reader = reader(bytes);
        MergedAccounts.Keyed now = reader.keyed(paths, accountId(1_234));
        assertThat(now.lastRun()).isEqualTo(31);
        long once = bytes[0];
        assertThat(reader.keyedTo(31, now, paths, accountId(1_234))).isSameAs(now);
        assertThat(bytes[0]).isEqualTo(once);
        MergedAccounts.Keyed before = reader.keyedTo(30, now, paths, accountId(1_234));
        assertThat(before.lastRun()).isEqualTo(30);
        assertThat(now.positionsOf(before)).hasSize(EVENTS_EACH - 1).doesNotContain(30, MergedAccounts.NOWHERE);
        assertThat(before.positionsOf(now)[30]).isEqualTo(MergedAccounts.NOWHERE);
    }

    /** Of a file in which a bit is another one, what is read is what was written, or the file is named and nothing is read. */
    @Test
    void aBitThatChangedIsToldOrChangesNothing(@TempDir Path folder) throws IOException {
        Random random = new Random(20261031);
        Path file;
        try (UsageSegmentWriter writer = new UsageSegmentWriter(folder, OCTOBER, 0, "small", 1 << 20)) {
            EncodedEvent event = new EncodedEvent();
            for (int number = 0; number < 200; number++) {
                event.wrap(encoded(random, number), 0, dimensions(random, number / 50));
                writer.add(event, "gateway".getBytes(StandardCharsets.UTF_8), 1, 1);
            }
            file = folder.resolve(writer.commit().path());
        }
        byte[] written = Files.readAllBytes(file);
        List<String> rows = rows(file);
        int told = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = written.clone();
            int at = random.nextInt(footerAt(written));
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                assertThat(rows(file)).as("byte %d", at).isEqualTo(rows);
            } catch (DamagedFileException damage) {
                told++;
                assertThat(damage).hasMessageStartingWith(file + " is damaged or missing");
            }
        }
        assertThat(told).isGreaterThan(200);
    }

    private static int footerAt(byte[] parquet) {
        int length = ByteBuffer.wrap(parquet).order(ByteOrder.LITTLE_ENDIAN).getInt(parquet.length - 8);
        return parquet.length - 8 - length;
    }

    private static List<String> rows(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (SegmentRows row = SegmentRows.whole(new ParquetSource(file), null)) {
            while (row.next()) {
                rows.add(String.join(
                        " ",
                        new String(row.accountId, StandardCharsets.UTF_8),
                        new String(row.eventId, StandardCharsets.UTF_8),
                        row.provider,
                        row.model,
                        row.occurredAt + " " + row.events + " " + row.delivery + " " + row.line,
                        Arrays.toString(row.quantities)));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_234, 2_620, 2_621, 2_622, ACCOUNTS - 1})
    void oneAccountIsTwoPercentOfTheFileAtMost(int account) throws IOException {
        assertThat(bytesFor(List.of(accountId(account)))).isLessThan(segment.bytes() / 50);
    }

    @Test
    void accountsInOnePageAreNoDearerThanOne() throws IOException {
        List<String> neighbours =
                IntStream.range(0, 10).mapToObj(AccountReadTest::accountId).toList();
        assertThat(bytesFor(neighbours)).isEqualTo(bytesFor(neighbours.subList(0, 1)));
    }

    @Test
    void accountsFarApartDoNotReadWhatIsBetweenThem() throws IOException {
        List<String> apart =
                IntStream.range(0, 10).mapToObj(each -> accountId(each * 400)).toList();
        assertThat(bytesFor(apart)).isLessThan(segment.bytes() / 8);
    }

    @Test
    void allAccountsReadTheFileOnce() throws IOException {
        List<String> all = IntStream.range(0, ACCOUNTS)
                .mapToObj(AccountReadTest::accountId)
                .toList();
        assertThat(bytesFor(all)).isLessThan(segment.bytes());
    }

    @ParameterizedTest
    @CsvSource({"0, 50", "1, 49", "3600000000, 49", "3600000001, 48", "176400000000, 1", "176400000001, 0"})
    void eventsBeforeAnInstantAreLeftOut(long afterTheFirst, int left) throws IOException {
        AccountEventsReader from = new AccountEventsReader(lake, ContextTiers.NONE).from(FIRST_EVENT + afterTheFirst);
        for (int account : new int[] {0, 1_234, ACCOUNTS - 1}) {
            AccountEvents events = from.read(List.of(segment.path()), accountId(account));
            AccountEvents all =
                    new AccountEventsReader(lake, ContextTiers.NONE).read(List.of(segment.path()), accountId(account));
            assertThat(events.size()).isEqualTo(left);
            assertThat(Arrays.copyOf(events.occurredAt(), left))
                    .isEqualTo(Arrays.copyOfRange(all.occurredAt(), EVENTS_EACH - left, EVENTS_EACH));
            assertThat(Arrays.copyOf(events.line(), left))
                    .isEqualTo(Arrays.copyOfRange(all.line(), EVENTS_EACH - left, EVENTS_EACH));
        }
    }

    @Test
    void anAccountThatIsNotThereReadsNoPage() throws IOException {
        for (String stranger : List.of("", "account-01234x", "zürich")) {
            long[] bytes = {0};
            assertThat(reader(bytes).read(List.of(segment.path()), stranger).size())
                    .isZero();
            assertThat(bytes[0]).as(stranger).isLessThan(segment.bytes() / 100);
        }
    }

    /** Adds what is read from a file to a count. */
    private static final class CountedFile implements InputFile {
        private final InputFile file;
        private final long[] bytes;

        CountedFile(InputFile file, long[] bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        @Override
        public long getLength() throws IOException {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            SeekableInputStream stream = file.newStream();
            return new DelegatingSeekableInputStream(stream) {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void seek(long position) throws IOException {
                    stream.seek(position);
                }

                @Override
                public int read() throws IOException {
                    bytes[0]++;
                    return stream.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return counted(stream.read(target, offset, length));
                }

                @Override
                public void readFully(byte[] target, int offset, int length) throws IOException {
                    stream.readFully(target, offset, length);
                    bytes[0] += length;
                }

                @Override
                public void readFully(byte[] target) throws IOException {
                    readFully(target, 0, target.length);
                }

                @Override
                public int read(ByteBuffer target) throws IOException {
                    return counted(stream.read(target));
                }

                @Override
                public void readFully(ByteBuffer target) throws IOException {
                    bytes[0] += target.remaining();
                    stream.readFully(target);
                }

                private int counted(int read) {
                    bytes[0] += Math.max(0, read);
                    return read;
                }
            };
        }
    }
}
