package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * How Saldo is operated: when runs begin by themselves, where their figures can be asked for, and who is told of their end. No
 * result depends on it.
 *
 * <p>It names no password and no secret: every run stores the configuration, so they would be in every backup of the books.
 *
 * @param billingZone in which the cron expressions are read
 * @param schedule when runs begin
 * @param monitoring where health and metrics are served
 * @param mail null where no summary goes out by mail
 * @param webhook null where none goes to an address
 */
public record OperationSettings(
        BillingZone billingZone,
        Schedule schedule,
        Monitoring monitoring,
        @Nullable Mail mail,
        @Nullable Webhook webhook) {
    static final String SCHEDULE = "schedule";
    static final String MONITORING = "monitoring";
    static final String MAIL = "mail";
    static final String WEBHOOK = "webhook";
    static final List<String> SECTIONS = List.of(SCHEDULE, MONITORING, MAIL, WEBHOOK);

    /** The environment variable with the password of the mail server. */
    public static final String MAIL_PASSWORD = "SALDO_MAIL_PASSWORD";

    /** The environment variable with the secret that signs what goes to the webhook. */
    public static final String WEBHOOK_SECRET = "SALDO_WEBHOOK_SECRET";

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1\\]?");
    private static final int PORT_MAX = 65_535;

    /**
     * When runs begin.
     *
     * @param nightly a cron expression; empty where nights do not begin by themselves
     * @param close the same for the close of the month before
     * @param retrySeconds how long to wait after a run that failed
     */
    public record Schedule(String nightly, String close, int retrySeconds) {}

    /** Where health and metrics are served. */
    public record Monitoring(String address, int port) {}

    /** How a mail server is spoken to. */
    public enum Security {
        /** Encrypted from the first byte. */
        TLS,
        /** Encrypted before anything else is said, or not at all. */
        STARTTLS,
        /** Never encrypted. */
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private int port() {
            return switch (this) {
                case TLS -> 465;
                case STARTTLS -> 587;
                case NONE -> 25;
            };
        }
    }

    /**
     * Where summaries of runs go by mail.
     *
     * @param user empty where the server asks for none
     * @param passwordFile relative to the configuration folder; empty for none
     */
    public record Mail(
            String host,
            int port,
            Security security,
            String user,
            String passwordFile,
            String from,
            List<String> to,
            int timeoutSeconds) {}

    /**
     * Where summaries of runs go by HTTP.
     *
     * @param secretFile relative to the configuration folder; empty for none
     * @param timeoutSeconds of one attempt, from connecting to the end of the answer
     * @param attempts how often it is tried in all
     */
    public record Webhook(URI url, String secretFile, int timeoutSeconds, int attempts) {}

    /**
     * What the folder says, without reading anything else of it.
     *
     * @throws ProblemException with all that is wrong with it
     */
    public static OperationSettings of(Path configurationFolder) throws IOException {
        Path path = configurationFolder.resolve(ConfigurationKeys.APPLICATION_FILE);
        if (!Files.exists(path)) {
            throw new ProblemException(
                    ProblemCode.FILE_MISSING, Place.file(ConfigurationKeys.APPLICATION_FILE), "the file is missing");
        }
        return of(Files.readAllBytes(path));
    }

    private static OperationSettings of(byte[] content) {
        Findings findings = new Findings();
        YamlMapping read = new YamlReader(ConfigurationKeys.APPLICATION_FILE, findings).read(content);
        YamlMapping file = read == null
                ? new YamlMapping(
                        ConfigurationKeys.APPLICATION_FILE,
                        "",
                        null,
                        Place.file(ConfigurationKeys.APPLICATION_FILE),
                        findings)
                : read;
        ZoneId zone = file.mapping("saldo").zone("billing-zone");
        OperationSettings settings = read(file, new BillingZone(zone == null ? ZoneOffset.UTC : zone));
        if (!findings.problems().isEmpty()) {
            throw new ProblemException(findings.problems());
        }
        return settings;
    }

    /** With defaults wherever something is wrong. */
    static OperationSettings read(YamlMapping file, BillingZone billingZone) {
        return new OperationSettings(
                billingZone,
                schedule(file.mapping(SCHEDULE)),
                monitoring(file.mapping(MONITORING)),
                mail(file.mapping(MAIL)),
                webhook(file.mapping(WEBHOOK)));
    }

    private static Schedule schedule(YamlMapping schedule) {
        schedule.allowOnly(ConfigurationKeys.SCHEDULE);
        schedule.scalars(ConfigurationKeys.SCHEDULE);
        return new Schedule(cron(schedule, "nightly"), cron(schedule, "close"), (int)
                schedule.whole("retry-seconds", 10, 86_400, 300));
    }

    private static String cron(YamlMapping schedule, String name) {
        String expression = schedule.text(name);
        if (expression.isEmpty()) {
            return "";
        }
        if (!CronExpression.isValidExpression(expression)) {
            schedule.refuse(
                    name, "it must be second, minute, hour, day of month, month and day of week, such as 0 30 3 * * *");
            return "";
        }
        if (CronExpression.parse(expression).next(LocalDateTime.of(2024, 1, 1, 0, 0)) == null) {
            schedule.refuse(name, "there is no such time, in any year");
            return "";
        }
        return expression;
    }

    private static Monitoring monitoring(YamlMapping monitoring) {
        monitoring.allowOnly(ConfigurationKeys.MONITORING);
        monitoring.scalars(ConfigurationKeys.MONITORING);
        String address = monitoring.id("address");
        return new Monitoring(
                address.isEmpty() ? "127.0.0.1" : address, (int) monitoring.whole("port", 1, PORT_MAX, 9464));
    }

    private static @Nullable Mail mail(YamlMapping mail) {
        if (mail.keys().isEmpty() || hasSecret(mail, "password", MAIL_PASSWORD, "mail.password-file")) {
            return null;
        }
        mail.allowOnly(ConfigurationKeys.MAIL);
        mail.scalars(
                ConfigurationKeys.MAIL.stream().filter(key -> !key.equals("to")).toList());
        Security security = mail.word("security", Arrays.asList(Security.values()), Security::word, Security.STARTTLS);
        String host = mail.requiredId("host");
        String user = mail.id("user");
        if (security == Security.NONE && !user.isEmpty() && !isLoopback(host)) {
            mail.refuse("security", "a password would go to " + host + " unencrypted: it must be starttls or tls");
        }
        String from = mail.required("from");
        if (!from.isEmpty() && !ADDRESS.matcher(from).matches()) {
            mail.refuse("from", "it must be a mail address, such as saldo@example.com");
        }
        List<String> to = mail.texts("to");
        if (!mail.keys().contains("to")) {
            mail.missing("to");
        } else if (to.isEmpty()
                || !to.stream().allMatch(each -> ADDRESS.matcher(each).matches())) {
            mail.refuse(
                    ProblemCode.BAD_VALUE,
                    mail.keyPlace("to"),
                    "mail.to must list mail addresses, such as [finance@example.com]");
        }
        Mail settings = new Mail(
                host,
                (int) mail.whole("port", 1, PORT_MAX, security.port()),
                security,
                user,
                mail.text("password-file"),
                from,
                List.copyOf(to),
                (int) mail.whole("timeout-seconds", 1, 300, 10));
        return mail.isBad() ? null : settings;
    }

    private static @Nullable Webhook webhook(YamlMapping webhook) {
        if (webhook.keys().isEmpty() || hasSecret(webhook, "secret", WEBHOOK_SECRET, "webhook.secret-file")) {
            return null;
        }
        webhook.allowOnly(ConfigurationKeys.WEBHOOK);
        webhook.scalars(ConfigurationKeys.WEBHOOK);
        URI url = url(webhook);
        int timeoutSeconds = (int) webhook.whole("timeout-seconds", 1, 300, 10);
        int attempts = (int) webhook.whole("attempts", 1, 10, 4);
        return url == null || webhook.isBad()
                ? null
                : new Webhook(url, webhook.text("secret-file"), timeoutSeconds, attempts);
    }

    /** Null where it is wrong. Its value is not shown: a part of it may be a secret. */
    private static @Nullable URI url(YamlMapping webhook) {
        String text = webhook.required("url");
        if (text.isEmpty()) {
            return null;
        }
        String wrong = "";
        URI url = null;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException notUrl) {
            wrong = "url must be an address, such as https://example.com/saldo";
        }
        if (url != null) {
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            String host = url.getHost();
            if (host == null || !List.of("http", "https").contains(scheme)) {
                wrong = "url must be an address, such as https://example.com/saldo";
            } else if (url.getRawUserInfo() != null) {
                wrong = "url names a user or a password: nothing that is secret belongs here";
            } else if (scheme.equals("http") && !isLoopback(host)) {
                wrong = "url must begin with https:// unless it leads to this machine";
            }
        }
        if (!wrong.isEmpty()) {
            webhook.refuse(ProblemCode.BAD_VALUE, webhook.placeOf("url"), wrong);
            return null;
        }
        return url;
    }

    private static boolean hasSecret(YamlMapping section, String key, String variable, String fileKey) {
        if (!section.keys().contains(key)) {
            return false;
        }
        section.refuse(
                ProblemCode.BAD_VALUE,
                section.keyPlace(key),
                "a " + key + " does not belong here: set the environment variable " + variable
                        + ", or name a file with " + fileKey);
        return true;
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
