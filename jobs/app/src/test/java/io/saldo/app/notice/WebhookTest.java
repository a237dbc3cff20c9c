package io.saldo.app.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.saldo.app.config.OperationSettings;
import io.saldo.app.run.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real HTTP server gets, whatever it answers. */
class WebhookTest {
    private static final String SECRET = "a secret of the webhook";
    private static final Instant NOW = Instant.parse("2026-11-01T03:31:00Z");

    static final RunSummary SUMMARY = RunSummary.failed(
            new Run(
                    12,
                    Run.Job.NIGHTLY,
                    LocalDate.parse("2026-10-31"),
                    YearMonth.parse("2026-10"),
                    0,
                    "",
                    "0.1.0",
                    List.of(),
                    0,
                    Run.Status.RUNNING),
            "STM-001");

    private final List<String> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** What the server does with one request. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;

        static Answer status(int status) {
            return exchange -> exchange.sendResponseHeaders(status, -1);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer;
            synchronized (requests) {
                requests.add(exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE) + " "
                        + exchange.getRequestHeaders().getFirst(Webhook.ID) + " " + body);
                answer = answers.size() > 1 ? answers.remove() : answers.element();
            }
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private Webhook webhook(int attempts) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/saldo");
        return new Webhook(new OperationSettings.Webhook(url, "", 1, attempts), SECRET, () -> NOW, pauses::add);
    }

    @Test
    void signsTheTimeAndTheBody() throws Exception {
        answers.add(Answer.status(204));
        webhook(4).send(SUMMARY);
        long seconds = NOW.getEpochSecond();
        String body = SUMMARY.json();
        assertThat(requests)
                .containsExactly("t=" + seconds + ",v1="
                        + Webhook.signature(SECRET.getBytes(StandardCharsets.UTF_8), seconds, body)
                        + " run-12-failed " + body);
        assertThat(body).contains("\"run\":12", "\"problem\":\"STM-001\"").doesNotContain(SECRET);
        assertThat(pauses).isEmpty();
    }

    /** Made with {@code printf '1793503860.{"run":12}' | openssl dgst -sha256 -hmac 'a secret of the webhook'}. */
    @Test
    void signsAsOthersDo() {
        assertThat(Webhook.signature(SECRET.getBytes(StandardCharsets.UTF_8), 1793503860L, "{\"run\":12}"))
                .isEqualTo("77e2eb8583e56547cf2414bca7dd3a06de4df5c6a0390881f2fc2e7c4c27d9fe");
    }

    @Test
    void triesAgainWithGrowingPausesWhereTheServerFails() throws Exception {
        answers.addAll(List.of(Answer.status(500), Answer.status(503), Answer.status(429), Answer.status(200)));
        webhook(4).send(SUMMARY);
        assertThat(requests).hasSize(4);
        assertThat(requests.stream().distinct()).hasSize(1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void givesUpAfterItsAttempts() {
        answers.add(Answer.status(500));
        assertThatThrownBy(() -> webhook(8).send(SUMMARY))
                .isInstanceOf(Channel.NotSent.class)
                .hasMessage("127.0.0.1 answered 500, after 8 attempts");
        assertThat(requests).hasSize(8);
        assertThat(pauses).hasSize(7).last().isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        answers.add(Answer.status(404));
        assertThatThrownBy(() -> webhook(4).send(SUMMARY)).hasMessage("127.0.0.1 answered 404, after 1 attempt");
        assertThat(requests).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        answers.add(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });
        assertThatThrownBy(() -> webhook(4).send(SUMMARY)).hasMessage("127.0.0.1 answered 307, after 1 attempt");
        assertThat(requests).hasSize(1);
    }

    @Test
    void waitsForNoServerThatHangs() {
        answers.add(exchange -> over.await());
        assertThatThrownBy(() -> webhook(1).send(SUMMARY))
                .hasMessage("127.0.0.1 did not answer within 1 s, after 1 attempt");
    }

    @Test
    void waitsForNoAnswerThatDoesNotEnd() {
        answers.add(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            over.await();
        });
        assertThatThrownBy(() -> webhook(1).send(SUMMARY))
                .hasMessage("127.0.0.1 did not answer within 1 s, after 1 attempt");
    }

    @Test
    void anAnswerThatComesLateCountsForNothingAndTheNextAttemptCounts() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        answers.add(exchange -> {
            second.await();
            exchange.sendResponseHeaders(500, -1);
        });
        answers.add(exchange -> {
            second.countDown();
            exchange.sendResponseHeaders(200, -1);
        });
        webhook(2).send(SUMMARY);
        assertThat(requests).hasSize(2);
    }

    @Test
    void tellsThatNobodyListens() {
        Webhook webhook = webhook(2);
        server.stop(0);
        assertThatThrownBy(() -> webhook.send(SUMMARY))
                .hasMessage("127.0.0.1 cannot be reached (ConnectException), after 2 attempts");
    }
}
