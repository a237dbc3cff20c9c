package io.saldo.app.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table of PostgreSQL, by COPY in its text format. */
public final class CopyStream implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder piece = new StringBuilder(PIECE + PIECE / 4);

    private CopyStream(CopyIn copy) {
        this.copy = copy;
    }

    /** Begins, in the connection's transaction. Nothing else may be asked of the connection before the end. */
    public static CopyStream into(Connection connection, String table, List<String> columns) throws SQLException {
        return new CopyStream(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN"));
    }

    /** A row: numbers, texts, dates, instants, truth values and null, in the order of the columns. */
    public void add(@Nullable Object[] row) throws SQLException {
        for (int column = 0; column < row.length; column++) {
            if (column > 0) {
                piece.append('\t');
            }
            Object value = row[column];
            if (value == null) {
                piece.append("\\N");
            } else {
                append(value instanceof BigDecimal number ? number.toPlainString() : value.toString());
            }
        }
        piece.append('\n');
        if (piece.length() >= PIECE) {
            write();
        }
    }

    private void append(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '\\' -> piece.append("\\\\");
                case '\t' -> piece.append("\\t");
                case '\n' -> piece.append("\\n");
                case '\r' -> piece.append("\\r");
                default -> piece.append(character);
            }
        }
    }

    private void write() throws SQLException {
        byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        piece.setLength(0);
    }

    /** Ends it, and says how many rows the transaction has now. */
    public long end() throws SQLException {
        write();
        return copy.endCopy();
    }

    /** Gives up what was not ended. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
