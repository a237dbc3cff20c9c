package io.saldo.app.store;

import java.time.LocalDate;

/**
 * A file that a source delivered.
 *
 * @param id counted from 1 in the order in which deliveries are taken
 * @param runId the run that took it
 * @param night the business date of that run
 * @param source the source
 * @param profile the source's profile
 * @param format the source's format on that night
 * @param fileName as it lay in the inbox
 * @param sha256 of its bytes
 * @param bytes its length
 * @param archivePath where it is kept, relative to the lake
 */
public record Delivery(
        long id,
        long runId,
        LocalDate night,
        String source,
        String profile,
        String format,
        String fileName,
        String sha256,
        long bytes,
        String archivePath) {
    /** {@code source/file}: how reports name it. */
    public String place() {
        return source + "/" + fileName;
    }
}
