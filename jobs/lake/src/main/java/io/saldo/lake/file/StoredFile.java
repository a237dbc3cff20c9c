package io.saldo.lake.file;

import java.io.Serializable;

/**
 * A complete file that the books may list.
 *
 * @param path relative to the folder that the writer was given, with {@code /}, so that a home can be moved
 * @param bytes its length
 * @param sha256 its hash in hexadecimal
 */
public record StoredFile(String path, long bytes, String sha256) implements Serializable {
    /** How the name of a file ends while it is being written: an orphan where no writer is at work. */
    public static final String UNFINISHED = ".unfinished";
}
