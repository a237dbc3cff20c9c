package io.saldo.lake.source;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files of every format, written with tools that are not ours. */
final class LogFiles {
    static final String HEADER = "event_id,occurred_at,account_id,provider,model,input_tokens,output_tokens";

    private LogFiles() {}

    /** So many records as CSV. */
    static String csv(int records) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (int record = 0; record < records; record++) {
            csv.append("e")
                    .append(record)
                    .append(",2026-10-05T10:00:00Z,\"acme, \"\"süd\"\"\nzwei\",openai,gpt-4.1,")
                    .append(record)
                    .append(",")
                    .append(9_007_199_254_740_993L)
                    .append('\n');
        }
        return csv.toString();
    }

    /** The same records as objects. */
    static List<String> objects(int records) {
        List<String> objects = new ArrayList<>();
        for (int record = 0; record < records; record++) {
            objects.add("{\"event_id\":\"e" + record
                    + "\",\"occurred_at\":\"2026-10-05T10:00:00Z\",\"account_id\":\"acme, \\\"süd\\\"\\nzwei\",\"provider\":\"openai\","
                    + "\"model\":\"gpt-4.1\",\"input_tokens\":" + record + ",\"output_tokens\":9007199254740993}");
        }
        return objects;
    }

    /** The same records in a format. */
    static byte[] content(LogFormat format, int records, Path folder) throws IOException {
        return switch (format) {
            case CSV -> utf8(csv(records));
            case JSONL -> utf8(String.join("\n", objects(records)));
            case JSON -> utf8("[\n" + String.join(",\n", objects(records)) + "\n]");
            case PARQUET -> {
                Path csv = Files.writeString(folder.resolve("records.csv"), csv(records));
                yield parquet(
                        folder,
                        "SELECT event_id, occurred_at, account_id, provider, model, input_tokens::BIGINT AS input_tokens,"
                                + " output_tokens::UBIGINT AS output_tokens FROM read_csv('" + csv
                                + "', all_varchar = true)",
                        "zstd");
            }
        };
    }

    /** What DuckDB writes of a query. */
    static byte[] parquet(Path folder, String query, String codec) throws IOException {
        return parquet(folder, query, codec, 122_880);
    }

    /** The same in row groups of so many rows. */
    static byte[] parquet(Path folder, String query, String codec, int rowGroupRows) throws IOException {
        Path file = folder.resolve("duckdb.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads TO 1");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, COMPRESSION '" + codec
                    + "', ROW_GROUP_SIZE " + rowGroupRows + ")");
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
        return Files.readAllBytes(file);
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream output = new GZIPOutputStream(bytes)) {
            output.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] zstandard(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream output = new ZstdOutputStreamNoFinalizer(bytes).setChecksum(true)) {
            output.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
