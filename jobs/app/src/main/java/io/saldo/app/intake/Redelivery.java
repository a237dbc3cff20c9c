package io.saldo.app.intake;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.table.TableWriter;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes records that were not taken as their source wrote them, to be corrected and delivered again.
 *
 * <p>Nothing is held in memory but one record, and nothing in the books changes: what was rejected stays rejected, and
 * the corrected file is a delivery of its own.
 */
@Component
public class Redelivery {
    private static final int NAMED_MAX = 5;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final FeedStore feeds;

    /** Over the books. */
    public Redelivery(DeliveryStore deliveries, UntakenStore untaken, FeedStore feeds) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.feeds = feeds;
    }

    /**
     * Which records.
     *
     * @param deliveries of these, in this order
     * @param held those that are held now, instead of those that were rejected
     * @param code only those of this code; empty for all
     * @param layouts how the sources write their records, by source
     */
    public record Selection(List<Delivery> deliveries, boolean held, String code, Map<String, RecordLayout> layouts) {}

    /** How the records of one file are written. */
    private record Form(LogFormat format, String header) {}

    /** One record that was not taken; a class, because its bytes are arrays. */
    private static final class Untaken {
        private final Delivery delivery;
        private final String code;
        private final long bytes;
        private final byte @Nullable [] header;
        private final byte[] raw;

        private Untaken(Delivery delivery, String code, long bytes, byte @Nullable [] header, byte[] raw) {
            this.delivery = delivery;
            this.code = code;
            this.bytes = bytes;
            this.header = header;
            this.raw = raw;
        }

        private Form form() {
            // What surrounds a record of a JSON document is its own, and is written around it.
            LogFormat format = LogFormat.of(delivery.format());
            return new Form(
                    format,
                    header == null || format != LogFormat.CSV ? "" : new String(header, StandardCharsets.UTF_8));
        }
    }

    @FunctionalInterface
    private interface Records {
        void take(Untaken record) throws IOException;
    }

    /** What the records of a form are, for the message that tells them apart. */
    private static final class Found {
        private final TreeSet<Long> ids = new TreeSet<>();
        private long records;
        private long cut;
    }

    /**
     * Writes them into one file.
     *
     * @return how many
     * @throws ProblemException when there are none, or they cannot stand in one file as they were delivered
     */
    public long write(Home home, Selection selection, Path file) throws IOException {
        Map<Form, Found> forms = new LinkedHashMap<>();
        each(home, selection, record -> {
            Found found = forms.computeIfAbsent(record.form(), form -> new Found());
            found.ids.add(record.delivery.id());
            found.records++;
            found.cut += record.bytes > RawLog.RECORD_BYTES_MAX ? 1 : 0;
        });
        if (forms.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    "no record there " + (selection.held() ? "is held" : "was rejected")
                            + (selection.code().isEmpty() ? "" : " with " + selection.code()));
        }
        if (forms.size() > 1) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "the records have " + forms.size() + " different headers or formats, which cannot stand in one"
                            + " file: "
                            + forms.values().stream().map(Redelivery::describe).collect(Collectors.joining("; "))
                            + ". Name one delivery at a time");
        }
        Form form = forms.keySet().iterator().next();
        Found found = Objects.requireNonNull(forms.get(form));
        if (found.cut > 0) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    found.cut + " records are longer than " + RawLog.RECORD_BYTES_MAX
                            + " bytes, and only their beginning was kept: cut them out of the archived file, "
                            + archived(home, found));
        }
        if (form.format() == LogFormat.PARQUET) {
            writeParquet(home, selection, file.toAbsolutePath());
        } else {
            PublishedFile.write(file, out -> write(home, selection, form, out));
        }
        return found.records;
    }

    private String archived(Home home, Found found) {
        return home.lake()
                .resolve(deliveries.get(found.ids.first()).archivePath())
                .toString();
    }

    private static String describe(Found found) {
        String ids = found.ids.stream().limit(NAMED_MAX).map(String::valueOf).collect(Collectors.joining(", "));
        return found.records + " of delivery " + ids + (found.ids.size() > NAMED_MAX ? " and others" : "");
    }

    private void write(Home home, Selection selection, Form form, OutputStream out) throws IOException {
        // An expression, so that a new format does not compile before somebody has said how it is written.
        boolean isLineByLine =
                switch (form.format()) {
                    case CSV -> {
                        out.write(form.header().getBytes(StandardCharsets.UTF_8));
                        out.write('\n');
                        yield true;
                    }
                    case JSONL -> true;
                    case JSON -> false;
                    case PARQUET -> throw new IllegalStateException("Parquet is not written as a stream");
                };
        if (isLineByLine) {
            // A record with a quote that is never closed would swallow whatever stands behind it.
            writeLines(home, selection, false, out);
            writeLines(home, selection, true, out);
        } else {
            each(home, selection, record -> {
                out.write(document(record, selection.layouts().get(record.delivery.source())));
                out.write('\n');
            });
        }
    }

    /** A document with one record, in the place where its source has its records. */
    private static byte[] document(Untaken record, @Nullable RecordLayout layout) {
        String records = layout == null ? RecordLayout.ENTRIES : layout.recordsPointer();
        JsonNode around = record.header == null ? JSON.createArrayNode() : JSON.readTree(record.header);
        List<String> names = Arrays.stream(records.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
        String text = new String(record.raw, StandardCharsets.UTF_8);
        int level = 0;
        for (int index = names.size() - 1; index >= 0; index--) {
            if (names.get(index).equals("*")) {
                text = "[" + text + "]";
                continue;
            }
            StringBuilder object = new StringBuilder("{");
            around.path(level).properties().forEach(member -> object.append(JSON.writeValueAsString(member.getKey()))
                    .append(':')
                    .append(member.getValue())
                    .append(','));
            text = object.append(JSON.writeValueAsString(names.get(index)))
                    .append(':')
                    .append(text)
                    .append('}')
                    .toString();
            level++;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Rows of text: a source reads a number from text as well, and a nested value is JSON, which is looked into. */
    private void writeParquet(Home home, Selection selection, Path file) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        each(home, selection, record -> JSON.readTree(record.raw)
                .propertyNames()
                .forEach(names::add));
        TableSchema schema =
                new TableSchema("records", names.stream().map(TableSchema::text).toList());
        try (TableWriter table =
                new TableWriter(Objects.requireNonNull(file.getParent()), String.valueOf(file.getFileName()), schema)) {
            each(home, selection, record -> {
                JsonNode row = JSON.readTree(record.raw);
                List<@Nullable Object> values = new ArrayList<>();
                for (String name : names) {
                    JsonNode value = row.path(name);
                    values.add(
                            value.isMissingNode() || value.isNull()
                                    ? null
                                    : value.isString() ? value.stringValue() : value.toString());
                }
                table.add(values);
            });
            table.commit();
        }
    }

    private void writeLines(Home home, Selection selection, boolean malformed, OutputStream out) throws IOException {
        each(home, selection, record -> {
            if (record.code.equals(ProblemCode.MALFORMED.id()) == malformed) {
                out.write(record.raw);
                out.write('\n');
            }
        });
    }

    private void each(Home home, Selection selection, Records records) throws IOException {
        for (Delivery delivery : selection.deliveries()) {
            for (String path : paths(delivery, selection.held())) {
                each(home.lake().resolve(path), delivery, selection.code(), records);
            }
            if (selection.held()) {
                for (FeedStore.HeldEntry entry : feeds.heldOf(delivery.id())) {
                    if (selection.code().isEmpty() || selection.code().equals(ProblemCode.ENTRY_WITHOUT_OWNER.id())) {
                        String header = entry.header();
                        byte[] raw = entry.raw().getBytes(StandardCharsets.UTF_8);
                        records.take(new Untaken(
                                delivery,
                                ProblemCode.ENTRY_WITHOUT_OWNER.id(),
                                raw.length,
                                header == null ? null : header.getBytes(StandardCharsets.UTF_8),
                                raw));
                    }
                }
            }
        }
    }

    private List<String> paths(Delivery delivery, boolean held) {
        List<String> paths = new ArrayList<>();
        if (held) {
            paths.addAll(untaken.heldFiles(delivery.id()));
        } else {
            paths.addAll(untaken.rejectedFiles(delivery.id()));
        }
        return paths;
    }

    private static void each(Path file, Delivery delivery, String code, Records records) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is listed in the books, but it is not there");
        }
        try (TableReader rows = TableReader.open(file, UntakenRecords.SCHEMA)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                String codeOfRow = String.valueOf(row.get(4));
                if (Objects.equals(row.get(0), delivery.id()) && (code.isEmpty() || code.equals(codeOfRow))) {
                    records.take(new Untaken(
                            delivery, codeOfRow, (Long) Objects.requireNonNull(row.get(3)), (byte[]) row.get(6), (byte
                                            [])
                                    Objects.requireNonNull(row.get(7))));
                }
            }
        }
    }
}
