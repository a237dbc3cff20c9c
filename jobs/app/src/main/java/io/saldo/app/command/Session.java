package io.saldo.app.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.database.BooksDatabase;
import io.saldo.app.database.BooksHolder;
import io.saldo.app.database.SnapshotRequests;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import io.saldo.app.run.RunConfiguration;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A home, held for this process, with its books open. */
public final class Session implements AutoCloseable {
    private final Home home;
    private final Path configurationFolder;
    private final HomeLock lock;
    private final BooksDatabase database;
    private final ConfigurableApplicationContext context;
    private @Nullable RunConfiguration loaded;

    private Session(
            Home home,
            Path configurationFolder,
            HomeLock lock,
            BooksDatabase database,
            ConfigurableApplicationContext context) {
        this.home = home;
        this.configurationFolder = configurationFolder;
        this.lock = lock;
        this.database = database;
        this.context = context;
    }

    /**
     * Opens a home.
     *
     * @throws ProblemException with {@code NO_HOME} where there is none, {@code LOCKED} where another process holds it, and
     *     where its books are not to be had
     */
    public static Session open(Home home, Path configurationFolder) throws IOException {
        return open(home, configurationFolder, LogFormat.TEXT);
    }

    /** The same, with a log of that format. */
    static Session open(Home home, Path configurationFolder, LogFormat logFormat) throws IOException {
        return open(home, configurationFolder, logFormat, () -> database(home, configurationFolder));
    }

    /** Opens the books that a home has in H2, whatever its configuration says. */
    static Session openH2(Home home, Path configurationFolder) throws IOException {
        return open(home, configurationFolder, LogFormat.TEXT, () -> BooksDatabase.open(home, null, null));
    }

    /** Finds the database. */
    @FunctionalInterface
    private interface Finder {
        BooksDatabase find() throws IOException;
    }

    private static Session open(Home home, Path configurationFolder, LogFormat logFormat, Finder finder)
            throws IOException {
        if (!home.exists()) {
            throw new ProblemException(ProblemCode.NO_HOME, Place.NOWHERE, home.root() + " is no home of Saldo");
        }
        HomeLock lock = HomeLock.take(home);
        try {
            BooksDatabase database = finder.find();
            try {
                return new Session(home, configurationFolder, lock, database, entered(home, database, logFormat));
            } catch (IOException | RuntimeException cannotOpen) {
                try (database) {
                    throw cannotOpen;
                }
            }
        } catch (IOException | RuntimeException cannotOpen) {
            try (lock) {
                throw cannotOpen;
            }
        }
    }

    /** The application, once this process is entered in the books; closed again, with its connections, where it cannot be. */
    private static ConfigurableApplicationContext entered(Home home, BooksDatabase database, LogFormat logFormat)
            throws IOException {
        ConfigurableApplicationContext context = context(home, database, logFormat);
        try {
            context.getBean(BooksHolder.class).enter();
            context.getBean(SnapshotRequests.class).watch();
            return context;
        } catch (IOException | RuntimeException cannotEnter) {
            context.close();
            throw cannotEnter;
        }
    }

    private static BooksDatabase database(Home home, Path configurationFolder) throws IOException {
        Optional<DatabaseSettings> settings = Files.isDirectory(configurationFolder)
                ? DatabaseSettings.of(ConfigurationSnapshot.read(configurationFolder))
                : Optional.empty();
        return BooksDatabase.open(
                home,
                settings.orElse(null),
                settings.isEmpty() ? null : DatabasePassword.of(settings.get(), configurationFolder));
    }

    private static ConfigurableApplicationContext context(Home home, BooksDatabase database, LogFormat logFormat)
            throws IOException {
        Map<String, Object> properties = new HashMap<>(database.properties());
        properties.put("spring.datasource.hikari.maximum-pool-size", "16");
        properties.put("spring.batch.job.enabled", "false");
        properties.put("spring.batch.jdbc.initialize-schema", "never");
        properties.put("spring.main.lazy-initialization", "true");
        properties.put("spring.jmx.enabled", "false");
        properties.putAll(logging(home, logFormat));
        SpringApplicationBuilder builder = new SpringApplicationBuilder(BooksConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(each -> {
                    renew(database);
                    each.getBeanFactory().registerSingleton(BooksDatabase.class.getName(), database);
                });
        try {
            return builder.run();
        } catch (UncheckedIOException cannotRenew) {
            throw cannotRenew.getCause();
        } finally {
            quietLogTrouble();
        }
    }

    /** Once logging is there, and before anything asks the books. */
    private static void renew(BooksDatabase database) {
        try {
            database.renew();
        } catch (IOException cannotRenew) {
            throw new UncheckedIOException(cannotRenew);
        }
    }

    /** What Spring needs to know of the log: the same for all that one process starts. */
    static Map<String, Object> logging(Home home, LogFormat logFormat) {
        Map<String, Object> properties = new HashMap<>(logFormat.properties());
        properties.put("logging.file.name", home.out().resolve("saldo.log").toString());
        properties.put("logging.level.root", "WARN");
        properties.put("logging.level.io.saldo", "INFO");
        properties.put("logging.level.org.springframework.batch", "INFO");
        properties.put("logging.threshold.console", "OFF");
        return properties;
    }

    /** For a command without a session, and so without a log: what libraries tell of their work does not go to the terminal. */
    static void withoutLog() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** A log that cannot be written, on a full disk say, must not flood the terminal: the command says what failed. */
    private static void quietLogTrouble() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            StatusManager status = logging.getStatusManager();
            status.getCopyOfStatusListenerList().forEach(status::remove);
        }
    }

    /** The home. */
    public Home home() {
        return home;
    }

    /** A part of the application. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * The configuration as the folder has it now.
     *
     * @throws ProblemException with all problems when nothing can run with it
     */
    public RunConfiguration configuration() throws IOException {
        ConfigurationSnapshot snapshot = ConfigurationSnapshot.read(configurationFolder);
        if (loaded == null || !loaded.snapshot().sha256().equals(snapshot.sha256())) {
            loaded = RunConfiguration.load(snapshot);
        }
        return loaded;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                database) {
            context.close();
        }
    }
}
