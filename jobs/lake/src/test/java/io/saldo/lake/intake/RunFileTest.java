package io.saldo.lake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every event of a run file comes back with the dimensions that it was written with, however many there are. */
class RunFileTest {
    private static final int SHARDS = 3;

    @TempDir
    Path folder;

    @Test
    void fewDimensionsComeBack() throws IOException {
        roundTrip(20_000, 40, 1 << 20);
    }

    @Test
    void moreDimensionsThanAreRememberedComeBack() throws IOException {
        roundTrip(200_000, 100_000, 8 << 20);
    }

    @Test
    void dimensionsOutliveTheChunksOfASmallBudget() throws IOException {
        roundTrip(20_000, 40, 1 << 10);
    }

    private void roundTrip(int events, int distinct, long budgetBytes) throws IOException {
        Random random = new Random(20261125);
        List<List<String>> written = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            written.add(new ArrayList<>());
        }
        byte[] tuple = new byte[IdentityTuple.longs(IdentityRule.EVENT_ID) * Long.BYTES];
        try (RunFileWriter run =
                new RunFileWriter(folder, "a.run", "gateway", IdentityRule.EVENT_ID, SHARDS, 1, budgetBytes)) {
            for (int number = 0; number < events; number++) {
                String account = "account-" + random.nextInt(distinct);
                int shard = Math.floorMod(account.hashCode(), SHARDS);
                byte[] encoded = dimensions(account).encoded();
                int known = run.find(encoded, encoded.length);
                int dimensions = known >= 0 ? known : run.define(shard, encoded, encoded.length);
                assertThat(run.shard(dimensions)).isEqualTo(shard);
                byte[] id = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
                byte[] event = new byte[EncodedEvent.OVERHEAD_BYTES + id.length];
                int length = EncodedEvent.encode(
                        event,
                        0,
                        dimensions,
                        run.records(),
                        1,
                        0,
                        0,
                        true,
                        1,
                        id,
                        0,
                        id.length,
                        0,
                        new long[Meter.COUNT]);
                run.add(shard, event, length, 0, tuple);
                written.get(shard).add(number + " " + account);
            }
            run.commit();
        }
        try (RunFileReader reader = new RunFileReader(folder, new RunFile("a.run", 1, IdentityRule.EVENT_ID, events))) {
            for (int shard = 0; shard < SHARDS; shard++) {
                List<String> read = new ArrayList<>();
                EncodedEvent event = new EncodedEvent();
                reader.eachEvent(shard, (data, offset, dimensions) -> {
                    event.wrap(data, offset, dimensions);
                    read.add(event.eventId() + " " + event.text(Dimensions.ACCOUNT_ID));
                });
                assertThat(read).isEqualTo(written.get(shard));
                assertThat(reader.accountShardRecords(shard)).isEqualTo(read.size());
            }
        }
    }

    private static Dimensions dimensions(String account) {
        return Dimensions.of(Arrays.stream(new String[] {account, "", "key", "openai", "gpt", "", "ok"})
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }
}
