package io.saldo.app.explanation;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.RunStore;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A record of usage as it was delivered, read again from the archive.
 *
 * @param raw its bytes as text; of long ones the beginning
 * @param accountBy how its account was found
 * @param requests how many requests it stands for, as logged
 */
record DeliveredRecord(String raw, String accountBy, String requests) {
    private static final int SHOWN_MAX = 4_000;

    /** The record on that line; null where the archive or the source's description is not there any more. */
    static @Nullable DeliveredRecord read(Home home, RunStore runs, Delivery delivery, long line) throws IOException {
        Source source = RunConfiguration.of(runs.find(delivery.runId()).orElseThrow(), runs)
                .configuration()
                .sources()
                .get(delivery.source());
        SourceFormat format = source == null ? null : source.usage();
        Path archived = home.lake().resolve(delivery.archivePath());
        if (format == null || !Files.exists(archived)) {
            return null;
        }
        Path work = Files.createTempDirectory("saldo-explain");
        try (RawLog log = RawLog.open(archived, format.layout(), work)) {
            while (log.next()) {
                if (log.line() == line) {
                    String raw = new String(log.rawBytes(), StandardCharsets.UTF_8);
                    String account = format.accountByKeyOnly() ? "" : log.text(UsageColumn.ACCOUNT_ID);
                    return new DeliveredRecord(
                            raw.length() > SHOWN_MAX ? raw.substring(0, SHOWN_MAX) + " ..." : raw,
                            account.isEmpty()
                                    ? "API key " + log.text(UsageColumn.API_KEY_ID) + ", through account-keys.csv"
                                    : "account field " + account,
                            log.text(UsageColumn.REQUESTS));
                }
            }
            return null;
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
    }
}
