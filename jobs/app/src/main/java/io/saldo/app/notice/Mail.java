package io.saldo.app.notice;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.config.OperationSettings.Security;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** Sends summaries by SMTP. Where encryption is asked for, nothing is said without it. */
public final class Mail implements Channel {
    private final OperationSettings.Mail settings;
    private final String password;
    private final SSLContext trust;
    private final InstantSource clock;

    /**
     * Over that server.
     *
     * @param password empty where the server asks for none
     * @param trust which certificates are believed
     */
    public Mail(OperationSettings.Mail settings, String password, SSLContext trust, InstantSource clock) {
        this.settings = settings;
        this.password = password;
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void send(RunSummary summary) throws NotSent {
        Session session = settings.user().isEmpty()
                ? Session.getInstance(properties())
                : Session.getInstance(properties(), new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(settings.user(), password);
                    }
                });
        try {
            MimeMessage message = new MimeMessage(session);
            message.setFrom(new InternetAddress(settings.from(), true));
            for (String to : settings.to()) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
            }
            message.setSubject("Saldo, " + summary.title(), StandardCharsets.US_ASCII.name());
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setText(summary.text(), StandardCharsets.UTF_8.name());
            Transport.send(message);
        } catch (MessagingException failed) {
            // What servers answer is not repeated: it may quote what was said to them.
            throw new NotSent(settings.host() + ":" + settings.port() + " did not take it ("
                    + root(failed).getClass().getSimpleName() + ")");
        }
    }

    private Properties properties() {
        String timeout =
                Long.toString(Duration.ofSeconds(settings.timeoutSeconds()).toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.transport.protocol.rfc822", "smtp");
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", timeout);
        properties.setProperty("mail.smtp.timeout", timeout);
        properties.setProperty("mail.smtp.writetimeout", timeout);
        properties.setProperty("mail.smtp.from", settings.from());
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
        boolean startTls = settings.security() == Security.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        return properties;
    }

    private static Throwable root(Throwable failure) {
        Throwable each = failure;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }
}
