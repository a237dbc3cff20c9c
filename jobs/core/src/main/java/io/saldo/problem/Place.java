package io.saldo.problem;

/**
 * Where a problem is.
 *
 * @param file the file's name as the person knows it; empty when the problem is in no file
 * @param line counted from 1; 0 when no line is meant
 * @param column counted from 1: a character in text, a field in a table; 0 when no column is meant
 */
public record Place(String file, long line, long column) implements Comparable<Place> {
    /** A place in no file. */
    public static final Place NOWHERE = new Place("", 0, 0);

    /** The whole file. */
    public static Place file(String file) {
        return new Place(file, 0, 0);
    }

    /** A line of a file. */
    public static Place line(String file, long line) {
        return new Place(file, line, 0);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Long.compare(line, other.line);
        return byLine != 0 ? byLine : Long.compare(column, other.column);
    }

    /** {@code file:line:column}, leaving out what is not meant. */
    @Override
    public String toString() {
        return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
