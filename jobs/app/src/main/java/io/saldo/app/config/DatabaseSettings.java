package io.saldo.app.config;

import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL database that has the books: the section {@code database} of {@code application.yml}.
 *
 * <p>It names no password: every run stores the configuration, and a password would be in every backup of the books.
 *
 * @param url of JDBC, without user and password
 * @param user the role; empty where the driver is to choose
 * @param passwordFile has the password on its first line, relative to the configuration folder; empty for none
 */
public record DatabaseSettings(String url, String user, String passwordFile) {
    /** The section's name. */
    static final String SECTION = "database";

    private static final String PASSWORD = "password";
    private static final String WHERE_PASSWORDS_BELONG =
            "a password does not belong here: set the environment variable SALDO_DATABASE_PASSWORD, or name a file with"
                    + " database.password-file";
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^\\s?]+(\\?\\S*)?");
    private static final Pattern CREDENTIAL = Pattern.compile("[?&](user|password|sslpassword)=|(@)");

    /**
     * What the folder says; empty where the books are kept in H2. Only this section is read, so that a mistake elsewhere
     * does not hide the books.
     *
     * @throws ProblemException with all that is wrong with it
     */
    public static Optional<DatabaseSettings> of(ConfigurationSnapshot snapshot) {
        if (!snapshot.files().contains(ConfigurationKeys.APPLICATION_FILE)) {
            return Optional.empty();
        }
        Findings findings = new Findings();
        YamlMapping file = new YamlReader(ConfigurationKeys.APPLICATION_FILE, findings)
                .read(snapshot.content(ConfigurationKeys.APPLICATION_FILE));
        DatabaseSettings settings = file == null ? null : read(file);
        if (!findings.problems().isEmpty()) {
            throw new ProblemException(findings.problems());
        }
        return Optional.ofNullable(settings);
    }

    /** Null where the section is not there or something is wrong with it. */
    static @Nullable DatabaseSettings read(YamlMapping file) {
        YamlMapping database = file.mapping(SECTION);
        if (database.keys().isEmpty()) {
            return null;
        }
        if (database.keys().contains(PASSWORD)) {
            database.refuse(ProblemCode.BAD_VALUE, database.keyPlace(PASSWORD), WHERE_PASSWORDS_BELONG);
            return null;
        }
        database.allowOnly(ConfigurationKeys.DATABASE);
        database.scalars(ConfigurationKeys.DATABASE);
        String url = database.required("url");
        Matcher credential = CREDENTIAL.matcher(url.toLowerCase(Locale.ROOT));
        if (credential.find()) {
            // The value is not shown: it may be a secret.
            database.refuse(
                    ProblemCode.BAD_VALUE,
                    database.placeOf("url"),
                    "user".equals(credential.group(1))
                            ? "url names a user: it belongs into database.user"
                            : "url names a password: " + WHERE_PASSWORDS_BELONG);
        } else if (!url.isEmpty() && !URL.matcher(url).matches()) {
            database.refuse(
                    "url", "it must be the JDBC address of a PostgreSQL database, such as jdbc:postgresql://HOST/NAME");
        }
        String user = database.id("user");
        return database.isBad() ? null : new DatabaseSettings(url, user, database.text("password-file"));
    }
}
