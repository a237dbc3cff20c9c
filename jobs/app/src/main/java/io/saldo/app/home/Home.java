package io.saldo.app.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Where everything of one Saldo lies.
 *
 * @param root the home folder
 */
public record Home(Path root) {
    /** Where deliveries arrive, one folder for each source. */
    public Path inbox() {
        return root.resolve("inbox");
    }

    /** Bulk data: archived deliveries, usage, index, statement details. */
    public Path lake() {
        return root.resolve("lake");
    }

    /** What nights left to be faster with; it may be deleted at any time. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** The books, when they are kept in H2, and the lock. */
    public Path database() {
        return root.resolve("db");
    }

    /** Reports, invoices and exports. */
    public Path out() {
        return root.resolve("out");
    }

    /** Files of a run that nobody needs afterwards. */
    public Path work(long runId) {
        return root.resolve("work").resolve("run-" + runId);
    }

    /** A place below the home as it is named in books that may be read in another home: one that was moved, or restored. */
    public String place(Path below) {
        return root.relativize(below).toString();
    }

    /** Where the night's reports go. */
    public Path nightReports(LocalDate night) {
        return out().resolve("nights").resolve(night.toString());
    }

    /** Where the close of a month lists the accounts that stay open. */
    public Path openAccounts(YearMonth month) {
        return out().resolve("closes").resolve(month.toString()).resolve("open-accounts.csv");
    }

    /** Where published invoices go. */
    public Path invoices() {
        return out().resolve("invoices");
    }

    /** Whether this is a home. */
    public boolean exists() {
        return Files.isDirectory(database()) && Files.isDirectory(inbox());
    }

    /** Makes the folders that are missing. */
    public void create() throws IOException {
        for (Path folder : new Path[] {inbox(), lake(), database(), out()}) {
            Folder.create(folder);
        }
    }
}
