package io.saldo.lake.source;

import io.saldo.lake.file.ParquetSettings;
import io.saldo.lake.source.FieldPlace.Name;
import io.saldo.lake.source.FieldPlace.Reference;
import io.saldo.lake.source.FieldPlace.Token;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Apache Parquet: a record is a row, its line the row's number, its bytes the row as a JSON object.
 *
 * <p>Rows without nested values go straight from Parquet into the record's fields; what is nested is read out of that JSON.
 *
 * <p>Whatever Parquet throws at a file is a fault of that file. Its reader trusts the sizes that a file states, so they are
 * bounded before anything is read: of a row group what it holds at once, of a page what it expands to.
 */
final class ParquetLog extends RawLog {
    /** A row group is read as a whole. */
    static final long ROW_GROUP_BYTES_MAX = 256L << 20;

    private static final int PAGE_BYTES_MAX = 64 << 20;

    private final DeliveredFile file;
    private final @Nullable Path expanded;
    private final long limit;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final ParquetRow row;
    private final JsonFields json;
    private final StringBuilder text = new StringBuilder();
    private final @Nullable FlatBlock flat;
    private @Nullable RecordReader<?> rows;
    private long rowsLeft;
    private long line;
    private long writtenBytes;
    private long length;
    // Whether the fields are those of the block.
    private boolean isFilled;
    private byte @Nullable [] record;
    private @Nullable Malformation malformation;

    static ParquetLog open(DeliveredFile file, RecordLayout layout, Path workFolder) throws IOException {
        if (!file.isCompressed()) {
            return new ParquetLog(file, file.path(), null, layout);
        }
        // Parquet is read from its end.
        Files.createDirectories(workFolder);
        Path expanded = Files.createTempFile(workFolder, "delivery-", ".parquet");
        try {
            try (InputStream content = file.open()) {
                Files.copy(content, expanded, StandardCopyOption.REPLACE_EXISTING);
            }
            return new ParquetLog(file, expanded, expanded, layout);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(expanded);
            throw failure;
        }
    }

    private ParquetLog(DeliveredFile file, Path content, @Nullable Path expanded, RecordLayout layout)
            throws IOException {
        super(layout);
        this.file = file;
        this.expanded = expanded;
        limit = DeliveredFile.limit(Files.size(content));
        row = new ParquetRow(layout.wholeBinaryNumbers());
        json = new JsonFields(layout, fields);
        reader = open(content);
        try {
            schema = reader.getFileMetaData().getSchema();
            checkRowGroups(reader.getRowGroups(), Files.size(content));
            List<String> missing = layout.missing(reference -> has(schema, reference));
            if (!missing.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.HEADER,
                        Place.file(file.name()),
                        "the file has no column " + String.join(", ", missing));
            }
            flat = FlatBlock.fits(schema, layout) ? new FlatBlock(schema, layout) : null;
        } catch (RuntimeException failure) {
            reader.close();
            throw failure instanceof ProblemException ? failure : damaged(failure);
        }
    }

    @Override
    public boolean next() throws IOException {
        boolean utf8;
        record = null;
        try {
            if (!hasRow()) {
                return false;
            }
            rowsLeft--;
            if (flat != null) {
                flat.next();
                utf8 = flat.isUtf8();
                length = flat.jsonLength();
            } else {
                text.setLength(0);
                utf8 = row.write((Group) Objects.requireNonNull(rows).read(), text);
                record = text.toString().getBytes(StandardCharsets.UTF_8);
                length = record.length;
            }
        } catch (ProblemException problem) {
            throw problem;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError damaged) {
            throw damaged(damaged);
        }
        line++;
        writtenBytes += length;
        if (writtenBytes > limit) {
            throw file.tooLarge();
        }
        isFilled = false;
        if (length > RECORD_BYTES_MAX) {
            malformation = JsonLinesLog.tooLong();
        } else if (!utf8) {
            malformation = new Malformation(ProblemCode.BAD_ENCODING, "the row has a text that is not UTF-8");
        } else if (flat != null && !flat.hasLongNumber()) {
            malformation = null;
            flat.fill(fields);
            isFilled = true;
        } else {
            malformation = json.read(record(), 0, (int) length, null);
        }
        return true;
    }

    // Of a flat row it is made when it is asked for, which is seldom.
    private byte[] record() {
        if (record == null) {
            record = flat == null ? new byte[0] : flat.json();
        }
        return record;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public long byteOffset() {
        return 0;
    }

    @Override
    public long byteLength() {
        return length;
    }

    @Override
    public byte[] rawBytes() {
        return Arrays.copyOf(record(), Math.min(record().length, RECORD_BYTES_MAX));
    }

    @Override
    public long instant() {
        return flat != null && isFilled ? flat.instant() : NO_NUMBER;
    }

    @Override
    public long number(int position) {
        return flat != null && isFilled ? flat.number(position) : NO_NUMBER;
    }

    @Override
    public int word(int position) {
        return flat != null && isFilled ? flat.word(position) : NO_WORD;
    }

    @Override
    public int vocabulary() {
        return flat == null ? 0 : flat.vocabulary();
    }

    @Override
    public int fieldStart(int position) {
        int start = super.fieldStart(position);
        if (start == FlatColumn.UNMADE) {
            Objects.requireNonNull(flat).make(position);
            return super.fieldStart(position);
        }
        return start;
    }

    @Override
    public int fieldEnd(int position) {
        int end = super.fieldEnd(position);
        if (end == FlatColumn.UNMADE) {
            Objects.requireNonNull(flat).make(position);
            return super.fieldEnd(position);
        }
        return end;
    }

    @Override
    public byte @Nullable [] header() {
        return null;
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            if (expanded != null) {
                Files.deleteIfExists(expanded);
            }
        }
    }

    private ParquetFileReader open(Path content) {
        try {
            ParquetConfiguration configuration = ParquetSettings.none();
            return ParquetFileReader.open(
                    new LocalInputFile(content),
                    ParquetReadOptions.builder(configuration)
                            .withCodecFactory(new BoundedCodecs(new CodecFactory(configuration, 1 << 16)))
                            .usePageChecksumVerification()
                            .build());
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError damaged) {
            throw damaged(damaged);
        }
    }

    // Moves to the next row group that has rows, and says whether there is a row.
    private boolean hasRow() throws IOException {
        while (rowsLeft == 0) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                return false;
            }
            rowsLeft = pages.getRowCount();
            if (flat != null) {
                flat.begin(pages, reader.getFileMetaData().getCreatedBy());
            } else {
                rows = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
            }
        }
        return true;
    }

    private void checkRowGroups(List<BlockMetaData> groups, long fileBytes) {
        for (BlockMetaData group : groups) {
            long bytes = 0;
            for (ColumnChunkMetaData column : group.getColumns()) {
                if (column.getTotalSize() < 0 || column.getTotalSize() > fileBytes) {
                    throw file.problem("it is no sound Parquet file: a column is said to be larger than the file");
                }
                bytes += column.getTotalSize();
                boolean flatColumn = column.getPath().size() == 1
                        && !schema.getType(column.getPath().toArray()).isRepetition(Type.Repetition.REPEATED);
                if (flatColumn && column.getValueCount() != group.getRowCount()) {
                    throw file.problem("it is no sound Parquet file: a column has other rows than its neighbours");
                }
            }
            if (bytes > ROW_GROUP_BYTES_MAX) {
                throw file.problem("it has a row group of " + bytes + " bytes, and at most " + ROW_GROUP_BYTES_MAX
                        + " are read at once: write it with smaller row groups");
            }
        }
    }

    private ProblemException damaged(Throwable damage) {
        String message = damage.getMessage();
        // Parquet's reader names its own object where it means the file.
        String brief = message == null
                ? damage.getClass().getSimpleName()
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\S*LocalInputFile@\\w+", "the file")
                        .replace(String.valueOf(file.path()), file.name());
        return file.problem("it is no sound Parquet file, or one with a feature that is not read; from row "
                + (line + 1) + " on it could not be read: " + brief);
    }

    // Below a text there may be JSON, and below a list its entries.
    private static boolean has(MessageType schema, Reference reference) {
        GroupType group = schema;
        for (Token token : reference.tokens()) {
            if (!(token instanceof Name name) || !group.containsField(name.name())) {
                return false;
            }
            Type type = group.getType(name.name());
            if (type.isPrimitive()
                    || type.getLogicalTypeAnnotation() != null
                    || type.isRepetition(Type.Repetition.REPEATED)) {
                return true;
            }
            group = type.asGroupType();
        }
        return true;
    }

    /** Expands no page beyond its bound. */
    private static final class BoundedCodecs implements CompressionCodecFactory {
        private final CodecFactory codecs;

        BoundedCodecs(CodecFactory codecs) {
            this.codecs = codecs;
        }

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return codecs.getCompressor(codec);
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
            return new BytesInputDecompressor() {
                @Override
                public BytesInput decompress(BytesInput bytes, int expandedBytes) throws IOException {
                    check(expandedBytes);
                    return decompressor.decompress(bytes, expandedBytes);
                }

                @Override
                public void decompress(ByteBuffer input, int bytes, ByteBuffer output, int expandedBytes)
                        throws IOException {
                    check(expandedBytes);
                    decompressor.decompress(input, bytes, output, expandedBytes);
                }

                @Override
                public void release() {
                    decompressor.release();
                }
            };
        }

        @Override
        public void release() {
            codecs.release();
        }

        private static void check(int expandedBytes) throws IOException {
            if (expandedBytes < 0 || expandedBytes > PAGE_BYTES_MAX) {
                throw new IOException(
                        "a page of it is said to expand to " + expandedBytes + " bytes, more than " + PAGE_BYTES_MAX);
            }
        }
    }
}
