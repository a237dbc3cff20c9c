package io.saldo.lake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.Dimensions;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hashes of the fast path are those of the core. */
class EventHashTest {
    @TempDir
    Path folder;

    @Test
    void agreesWithIdentity() throws IOException {
        Path file = Files.writeString(folder.resolve("usage.jsonl"), """
                {"event_id":"e1","occurred_at":"2026-10-05T12:00:00.5+02:00","account_id":"zürich","provider":"openai","model":"m","input_tokens":12.0,"requests":3}
                {"event_id":"東京","occurred_at":"2026-10-05 10:00:00Z","api_key_id":"k","provider":"openai","model":"m","service_tier":"flex","output_tokens":"9223372036854775807"}
                """);
        SourceFormat format = SourceFormat.saldo("gateway", LogFormat.JSONL);
        OccurredAt timestamps = new OccurredAt(format.timestamp());
        RecordCheck check = new RecordCheck(format, Long.MAX_VALUE / 2, 0, timestamps);
        EventHash hash = new EventHash(format, timestamps);
        Identity identity = new Identity();
        int records = 0;
        try (RawLog log = RawLog.open(file, format.layout(), file.getParent())) {
            while (log.next()) {
                records++;
                assertThat(check.check(log)).isNull();
                byte[] tuple = new byte[IdentityTuple.longs(format.identity()) * Long.BYTES];
                int shard = hash.hash(log, check, dimensions(log), tuple, 16);
                List<String> content = new ArrayList<>();
                for (UsageColumn column : UsageColumn.all()) {
                    String text = log.text(column);
                    content.add(
                            column == UsageColumn.OCCURRED_AT
                                    ? Instants.format(check.occurredAt)
                                    : !column.isQuantity()
                                            ? text
                                            : text.isEmpty()
                                                    ? (column == UsageColumn.REQUESTS ? "1" : "0")
                                                    : text.replace(".0", ""));
                }
                ByteBuffer bytes = ByteBuffer.wrap(tuple);
                long[] id = identity.event("gateway", log.text(UsageColumn.EVENT_ID));
                assertThat(bytes.getLong()).isEqualTo(id[0]);
                assertThat(bytes.getLong()).isEqualTo(id[1]);
                assertThat(bytes.getLong()).isEqualTo(identity.content(content));
                assertThat(shard).isEqualTo((int) Long.remainderUnsigned(id[1], 16));
            }
        }
        assertThat(records).isEqualTo(2);
    }

    private static byte[] dimensions(RawLog log) {
        UsageColumn[] columns = {
            UsageColumn.ACCOUNT_ID,
            UsageColumn.PROJECT_ID,
            UsageColumn.API_KEY_ID,
            UsageColumn.PROVIDER,
            UsageColumn.MODEL,
            UsageColumn.SERVICE_TIER,
            UsageColumn.STATUS
        };
        return Dimensions.of(Arrays.stream(columns)
                        .map(column -> log.text(column).getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new))
                .encoded();
    }
}
