package io.saldo.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.notice.NoticeLog;
import io.saldo.app.run.Run;
import io.saldo.app.schedule.Agenda;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.FigureStore;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What who watches over Saldo gets over HTTP. */
class MonitoringServerTest {
    private static final Map<String, Object> LOGGING = Map.of("logging.threshold.console", "OFF");

    private Instant now = Instant.parse("2026-10-05T03:30:00Z");

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static FigureStore.Figures figures() {
        return new FigureStore.Figures(
                new FigureStore.Night(LocalDate.parse("2026-10-03"), "breaks", Instant.parse("2026-10-04T03:32:00Z")),
                null,
                1,
                Map.of(new FigureStore.Ended(Run.Job.NIGHTLY, "breaks"), 7L),
                new DeliveryCounts(15, 9, 3, 2, 1, 0, 0, BigInteger.ZERO, BigInteger.ZERO),
                Map.of("BALANCE_DIFFERS", 4L),
                Map.of(Run.Job.NIGHTLY, Map.of("scatter", Duration.ofMillis(1500))));
    }

    @Test
    void servesHealthAndMetricsAndNothingElse() throws Exception {
        Monitor monitor = new Monitor(() -> now);
        OperationSettings settings = new OperationSettings(
                new BillingZone(ZoneOffset.UTC),
                new OperationSettings.Schedule("0 30 3 * * *", "", 300),
                new OperationSettings.Monitoring("127.0.0.1", 0),
                null,
                null);
        try (MonitoringServer server = MonitoringServer.start(settings.monitoring(), monitor, LOGGING)) {
            assertThat(get(server.port(), "/actuator/prometheus").body())
                    .as("before the books were read")
                    .contains("saldo_nights_missed NaN")
                    .doesNotContain("saldo_breaks_unresolved{");
            monitor.follow(new Agenda(settings));
            monitor.read(figures());
            monitor.told(List.of(
                    new NoticeLog.Line("2026-10-04T03:32:01Z", "mail", 7, "completed", true, ""),
                    new NoticeLog.Line("2026-10-04T03:32:09Z", "webhook", 7, "completed", false, "answered 500")));
            assertThat(get(server.port(), "/actuator/prometheus").body())
                    .contains(
                            "saldo_night_verdict{verdict=\"breaks\"} 1.0",
                            "saldo_night_verdict{verdict=\"reconciled\"} 0.0",
                            "saldo_records{outcome=\"accepted\"} 9.0",
                            "saldo_records{outcome=\"rejected\"} 1.0",
                            "saldo_breaks_unresolved{code=\"BALANCE_DIFFERS\"} 4.0",
                            "saldo_step_duration_seconds{job=\"nightly\",step=\"scatter\"} 1.5",
                            "saldo_runs_total{job=\"nightly\",verdict=\"breaks\"} 7.0",
                            "saldo_runs_unfinished 1.0",
                            "saldo_nights_missed 1.0",
                            "saldo_night_age_seconds 86280.0",
                            "saldo_notices_total{channel=\"mail\",outcome=\"sent\"} 1.0",
                            "saldo_notices_total{channel=\"webhook\",outcome=\"failed\"} 1.0",
                            "saldo_run_failures_total 0.0");
            HttpResponse<String> up = get(server.port(), "/actuator/health");
            assertThat(up.statusCode()).isEqualTo(200);
            assertThat(up.body())
                    .contains("\"status\":\"UP\"", "\"lastNight\":\"2026-10-03\"", "\"nightsMissed\":1")
                    .contains("nightly at 2026-10-06T03:30:00Z");

            monitor.failed("DBS-001");
            HttpResponse<String> down = get(server.port(), "/actuator/health");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body()).contains("\"problem\":\"DBS-001\"");
            assertThat(get(server.port(), "/actuator/health/liveness").statusCode())
                    .as("a failed run is nothing that a restart mends")
                    .isEqualTo(200);
            assertThat(get(server.port(), "/actuator/prometheus").body()).contains("saldo_run_failures_total 1.0");

            for (String path : List.of("/", "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/shutdown")) {
                assertThat(get(server.port(), path).statusCode()).as(path).isEqualTo(404);
            }
            assertThatThrownBy(() -> MonitoringServer.start(
                            new OperationSettings.Monitoring("127.0.0.1", server.port()), monitor, LOGGING))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nothing can be served on port " + server.port());
        }
    }
}
