package io.saldo.app.notice;

import io.saldo.app.config.OperationSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts summaries as JSON to an address, signed. No redirect is followed, whatever its scheme. */
public final class Webhook implements Channel {
    /** Has the time and the signature: {@code t=SECONDS,v1=HEXADECIMAL}. */
    static final String SIGNATURE = "Saldo-Signature";

    /** Names the end of a run that is told, the same in each attempt. */
    static final String ID = "Saldo-Id";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_LONGEST = Duration.ofSeconds(30);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final OperationSettings.Webhook settings;
    private final byte[] secret;
    private final InstantSource clock;
    private final Pause pause;

    /** To that address, signed with that secret. */
    public Webhook(OperationSettings.Webhook settings, String secret, InstantSource clock, Pause pause) {
        this.settings = settings;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "webhook";
    }

    /** What the last attempt came to; empty where it was taken. */
    private record Attempt(String failure, boolean again) {}

    @Override
    public void send(RunSummary summary) throws NotSent, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(settings.timeoutSeconds()))
                .build();
        String body = summary.json();
        Duration wait = PAUSE_FIRST;
        for (int number = 1; ; number++) {
            Attempt attempt = attempt(client, summary.id(), body);
            if (attempt.failure().isEmpty()) {
                return;
            }
            if (!attempt.again() || number == settings.attempts()) {
                throw new NotSent(settings.url().getHost() + " " + attempt.failure() + ", after " + number
                        + (number == 1 ? " attempt" : " attempts"));
            }
            pause.of(wait);
            wait = wait.multipliedBy(2).compareTo(PAUSE_LONGEST) < 0 ? wait.multipliedBy(2) : PAUSE_LONGEST;
        }
    }

    private Attempt attempt(HttpClient client, String id, String body) throws InterruptedException {
        long seconds = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "saldo")
                .header(ID, id)
                .header(SIGNATURE, "t=" + seconds + ",v1=" + signature(secret, seconds, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        // The client's own time limit ends with the headers of the answer; this one covers the whole answer.
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(settings.timeoutSeconds(), TimeUnit.SECONDS).statusCode();
            if (status / 100 == 2) {
                return new Attempt("", false);
            }
            return new Attempt(
                    "answered " + status,
                    status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS);
        } catch (TimeoutException late) {
            return new Attempt("did not answer within " + settings.timeoutSeconds() + " s", true);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return new Attempt(
                    "cannot be reached ("
                            + (cause == null ? failed : cause).getClass().getSimpleName() + ")",
                    cause instanceof IOException);
        } finally {
            answer.cancel(true);
        }
    }

    /** HMAC-SHA256 of the seconds since 1970, a point, and the body, in lower-case hexadecimal. */
    static String signature(byte[] secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
