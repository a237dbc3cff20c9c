package io.saldo.app.command;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.notice.Channel;
import io.saldo.app.notice.Mail;
import io.saldo.app.notice.RunSummary;
import io.saldo.app.notice.Webhook;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The channels of a configuration, with their secrets. */
final class Channels {
    private Channels() {}

    /** A channel that lacks its secret, so that it is told with each run that nothing was sent. */
    private record Lacking(String name, String reason) implements Channel {
        @Override
        public void send(RunSummary summary) throws NotSent {
            throw new NotSent(reason);
        }
    }

    static List<Channel> of(OperationSettings settings, Path folder, InstantSource clock, Channel.Pause pause) {
        List<Channel> channels = new ArrayList<>();
        OperationSettings.Mail mail = settings.mail();
        if (mail != null) {
            channels.add(mail(mail, folder, clock));
        }
        OperationSettings.Webhook webhook = settings.webhook();
        if (webhook != null) {
            channels.add(webhook(webhook, folder, clock, pause));
        }
        return channels;
    }

    /** What keeps channels from sending anything. */
    static List<Problem> problems(OperationSettings settings, Path folder, InstantSource clock) {
        return of(settings, folder, clock, pause -> {}).stream()
                .filter(Lacking.class::isInstance)
                .map(channel ->
                        Problem.of(ProblemCode.BAD_VALUE, Place.file("application.yml"), ((Lacking) channel).reason()))
                .toList();
    }

    private static Channel mail(OperationSettings.Mail mail, Path folder, InstantSource clock) {
        try {
            String password = Secret.of(OperationSettings.MAIL_PASSWORD, mail.passwordFile(), folder);
            if (!mail.user().isEmpty() && isNothing(password)) {
                return new Lacking(
                        "mail",
                        "mail.user is set, and neither " + OperationSettings.MAIL_PASSWORD
                                + " nor mail.password-file says its password");
            }
            return new Mail(mail, password == null ? "" : password, SSLContext.getDefault(), clock);
        } catch (IOException unreadable) {
            return new Lacking("mail", "mail.password-file cannot be read");
        } catch (NoSuchAlgorithmException withoutTls) {
            throw new IllegalStateException("every JDK has TLS", withoutTls);
        }
    }

    private static Channel webhook(
            OperationSettings.Webhook webhook, Path folder, InstantSource clock, Channel.Pause pause) {
        try {
            String secret = Secret.of(OperationSettings.WEBHOOK_SECRET, webhook.secretFile(), folder);
            return secret == null || secret.isEmpty()
                    ? new Lacking(
                            "webhook",
                            "neither " + OperationSettings.WEBHOOK_SECRET
                                    + " nor webhook.secret-file says the secret that signs it")
                    : new Webhook(webhook, secret, clock, pause);
        } catch (IOException unreadable) {
            return new Lacking("webhook", "webhook.secret-file cannot be read");
        }
    }

    private static boolean isNothing(@Nullable String secret) {
        return secret == null || secret.isEmpty();
    }
}
