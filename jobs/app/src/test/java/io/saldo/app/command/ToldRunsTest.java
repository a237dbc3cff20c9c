package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of runs, and what a log says, with secrets and hostile text all around. */
class ToldRunsTest {
    private static final String SECRET = "hook-secret-4711";
    private static final String PASSWORD = "mail-password-4711";
    private static final String RECORD = "sk-live-4711";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final List<Boolean> free = new ArrayList<>();
    private int status = 200;
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (HomeLock lock = HomeLock.take(new Home(home.root()))) {
                free.add(lock != null);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Files.writeString(
                home.root().resolve("config/application.yml"),
                Files.readString(home.root().resolve("config/application.yml"))
                        + "\nwebhook:\n  url: http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "/saldo\n  secret-file: " + folder.resolve("secret") + "\n  attempts: 1\n"
                        + "mail:\n  host: 127.0.0.1\n  port: 9\n  security: none\n  user: saldo\n  password-file: "
                        + folder.resolve("password") + "\n  from: saldo@example.com\n  to: [finance@example.com]\n");
        return home;
    }

    @Test
    void tellsOnceWhenTheHomeIsFreeAndNeverFailsTheRun() throws Exception {
        SmallHome home = home();
        Program first = home.run("nightly", "--date", "2026-10-01");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("the mail of run 1 was not sent: 127.0.0.1:9 did not take it (ConnectException)");
        assertThat(told).singleElement().asString().contains("\"run\":1,", "\"verdict\":\"reconciled\"");
        assertThat(free).containsExactly(true);

        status = 500;
        Program second = home.run("nightly", "--date", "2026-10-02");
        assertThat(second.code()).isZero();
        assertThat(home.run("status").out())
                .contains("the webhook of run 2 was not sent: 127.0.0.1 answered 500, after 1 attempt")
                .contains("the mail of run 2 was not sent");

        // As after a kill between the end of a run and its telling; the line before is cut off.
        Path log = home.root().resolve("out/notices.jsonl");
        List<String> lines = Files.readAllLines(log);
        Files.writeString(
                log,
                String.join(
                                "\n",
                                lines.stream()
                                        .filter(line -> !line.contains("\"run\":2"))
                                        .toList()) + "\n{\"at\":\"20");
        status = 200;
        told.clear();
        assertThat(home.run("nightly", "--date", "2026-10-03").code()).isZero();
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("\"run\":2,");
        assertThat(told.get(1)).contains("\"run\":3,");
        assertThat(home.run("status").out()).doesNotContain("the webhook of");
    }

    @Test
    void noLogHasASecretOrARecord() throws Exception {
        SmallHome home = home();
        String hostile = RECORD + "\u001b[31m";
        home.deliverFile(
                "usage",
                "u.csv",
                SmallHome.usage(
                        "e1,2026-10-01T10:00:00Z,\"a" + hostile + "\n{\"\"x\"\":1}\",,p,m,10",
                        "e2,not a time " + hostile + ",a,,p,m,10",
                        "e3,2026-10-01T10:00:00Z,a," + hostile + ",p,m,1.5",
                        "e4,2026-10-01T10:00:00Z,,unknown-" + hostile + ",p,m,1",
                        "\"" + hostile + " never closed"));
        home.deliverFile("usage", "no-header.csv", hostile + "\n" + hostile + "\n");
        Program night = home.run("--log-format", "json", "nightly", "--date", "2026-10-01");
        assertThat(night.code()).as(night.err()).isIn(3, 4);
        assertThat(night.err().lines()).isNotEmpty().allSatisfy(line -> assertThat(line)
                .startsWith("{\"@timestamp\":\"")
                .endsWith("\"}"));
        assertThat(night.err()).contains("\"message\":\"night 2026-10-01: ");
        assertThat(night.out()).isEmpty();
        Path log = home.root().resolve("out/saldo.log");
        assertThat(Files.readAllLines(log)).isNotEmpty().allSatisfy(line -> assertThat(line)
                .startsWith("{\"@timestamp\":\""));
        assertNothingPlanted(night.err());
        assertNothingPlanted(String.join("\n", told));
        try (Stream<Path> files = Files.list(home.root().resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNothingPlanted(Files.readString(file));
            }
        }
        for (String file : home.books("SELECT content FROM reference_version")) {
            assertNothingPlanted(new String(Base64.getMimeDecoder().decode(file), StandardCharsets.UTF_8));
        }
    }

    private static void assertNothingPlanted(String text) {
        assertThat(text).doesNotContain(SECRET, PASSWORD, RECORD, "\u001b");
    }
}
