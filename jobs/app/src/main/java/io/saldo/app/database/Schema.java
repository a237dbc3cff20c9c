package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The tables of the books: one set of migrations for both databases, and the few words that differ. */
final class Schema {
    /** Where the migrations are; those of one database hold Spring Batch's own tables. */
    static final String LOCATIONS = "classpath:db/common,classpath:db/{vendor}";

    /** Tables of Spring Batch whose ids come from a sequence. */
    static final List<String> SEQUENCES = List.of("batch_job_instance", "batch_job_execution", "batch_step_execution");

    private Schema() {}

    /** What the migrations have placeholders for. */
    static Map<String, String> words(boolean postgresql) {
        return Map.of("amount", "NUMERIC(80, 40)", "text", postgresql ? "TEXT" : "CHARACTER LARGE OBJECT");
    }

    /** Makes or renews the tables in PostgreSQL. */
    static void migrate(DatabaseSettings settings, @Nullable String password) {
        migrate(settings.url(), settings.user().isEmpty() ? null : settings.user(), password, true);
    }

    /** Makes the tables in a database. */
    static void migrate(String url, @Nullable String user, @Nullable String password, boolean postgresql) {
        Flyway.configure()
                .dataSource(url, user, password)
                .locations(LOCATIONS
                        .replace("{vendor}", postgresql ? "postgresql" : "h2")
                        .split(","))
                .placeholders(words(postgresql))
                .load()
                .migrate();
    }
}
