package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.lake.file.NewFile;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.TokenSemantics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the inbox is complete. */
class InboxTest {
    @TempDir
    Path root;

    private Home home;
    private Path usage;

    @BeforeEach
    void folders() throws IOException {
        home = new Home(root);
        usage = Files.createDirectories(home.inbox().resolve("usage"));
    }

    private static Map<String, Source> sources(Source.ControlFile controlFile) {
        SourceFormat format = SourceFormat.saldo("usage", LogFormat.CSV);
        return Map.of(
                "usage",
                new Source(
                        "usage",
                        Source.Profile.SALDO,
                        format,
                        null,
                        new TimestampFormat(TimestampFormat.Form.ISO, null),
                        "",
                        Source.Amounts.MAJOR,
                        TokenSemantics.INCLUSIVE,
                        Product.UNDECLARED,
                        false,
                        0,
                        controlFile));
    }

    private static List<String> names(Inbox inbox) {
        return inbox.entries().stream()
                .map(each -> each.name()
                        + (each.file() == null ? " control only" : "")
                        + (each.control() == null ? "" : " controlled"))
                .toList();
    }

    private static List<String> waiting(Inbox inbox) {
        return inbox.waiting().stream().map(Inbox.Waiting::name).toList();
    }

    @Test
    void namesThatSayUnfinishedWaitAndHiddenFilesAreNobodys() throws IOException {
        for (String name : List.of("b.csv", "a.csv", "c.csv.part", "d.tmp", "e.filepart", "f.crdownload", ".g.csv")) {
            Files.writeString(usage.resolve(name), name);
        }
        Files.createDirectory(usage.resolve("folder.csv"));
        Files.createSymbolicLink(usage.resolve("link.csv"), usage.resolve("a.csv"));
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.NONE));
        assertThat(names(inbox)).containsExactly("a.csv", "b.csv");
        assertThat(waiting(inbox)).containsExactly("c.csv.part", "d.tmp", "e.filepart", "f.crdownload");
    }

    @Test
    void aNameThatIsNoTextIsToldAndNotPassedOver() throws IOException, InterruptedException {
        Files.writeString(usage.resolve("a.csv"), "text");
        Process shell = new ProcessBuilder("sh", "-c", "echo x > \"$(printf 'l\\344tin.csv')\"")
                .directory(usage.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.NONE));
        assertThat(names(inbox)).containsExactly("a.csv");
        assertThat(inbox.waiting()).singleElement().satisfies(waiting -> assertThat(waiting.reason())
                .isEqualTo("its name is not text in this locale: rename it"));
    }

    @Test
    void aFileThatGrowsOrIsTouchedOrGoesAwayBetweenTwoLooksWaits() throws IOException {
        for (String name : List.of("grows.csv", "touched.csv", "gone.csv", "still.csv")) {
            Files.writeString(usage.resolve(name), "text");
        }
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.NONE), path -> {
            switch (path.getFileName().toString()) {
                case "grows.csv" -> Files.writeString(path, "more", StandardOpenOption.APPEND);
                case "touched.csv" -> Files.setLastModifiedTime(path, FileTime.fromMillis(1));
                case "gone.csv" -> Files.delete(path);
                default -> {}
            }
            return NewFile.sha256(path);
        });
        assertThat(names(inbox)).containsExactly("still.csv");
        assertThat(waiting(inbox)).containsExactly("grows.csv", "touched.csv");
    }

    @Test
    void aFileThatCannotBeReadWaitsAndIsToldWhy() throws IOException {
        for (String name : List.of("broken.csv", "sound.csv")) {
            Files.writeString(usage.resolve(name), "text");
        }
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.NONE), path -> {
            if (path.endsWith("broken.csv")) {
                throw new IOException("input/output error");
            }
            return NewFile.sha256(path);
        });
        assertThat(names(inbox)).containsExactly("sound.csv");
        assertThat(inbox.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.name()).isEqualTo("broken.csv");
            assertThat(waiting.reason()).contains("input/output error");
        });
    }

    @Test
    void aFileThatCannotBeReadAndGrowsWaitsOnce() throws IOException {
        Files.writeString(usage.resolve("broken.csv"), "text");
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.NONE), path -> {
            Files.writeString(path, "more", StandardOpenOption.APPEND);
            throw new IOException("input/output error");
        });
        assertThat(inbox.waiting()).singleElement().satisfies(waiting -> assertThat(waiting.reason())
                .contains("input/output error"));
    }

    @Test
    void twoNamesThatAreShownAlikeWaitOnce() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "sh", "-c", "for byte in 344 366; do echo x > \"$(printf \"l\\\\${byte}tin.csv\")\"; done")
                .directory(usage.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
        assertThat(usage.toFile().list()).hasSize(2);
        assertThat(Inbox.look(home, sources(Source.ControlFile.NONE)).waiting()).hasSize(1);
    }

    @Test
    void aControlFileStandsWithItsDelivery() throws IOException {
        for (String name : List.of("a.csv", "a.csv.control.json", "b.csv", "c.csv.control.json")) {
            Files.writeString(usage.resolve(name), "{}");
        }
        assertThat(names(Inbox.look(home, sources(Source.ControlFile.OPTIONAL))))
                .containsExactly("a.csv controlled", "b.csv", "c.csv control only controlled");
        assertThat(names(Inbox.look(home, sources(Source.ControlFile.NONE))))
                .containsExactly("a.csv", "a.csv.control.json", "b.csv", "c.csv.control.json");
    }

    @Test
    void aDeliveryWaitsWhileItsControlFileIsWritten() throws IOException {
        for (String name : List.of("a.csv", "a.csv.control.json", "b.csv")) {
            Files.writeString(usage.resolve(name), "{}");
        }
        Inbox inbox = Inbox.look(home, sources(Source.ControlFile.REQUIRED), path -> {
            if (path.toString().endsWith(".json")) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(1));
            }
            return NewFile.sha256(path);
        });
        assertThat(names(inbox)).containsExactly("b.csv");
        assertThat(waiting(inbox)).containsExactly("a.csv.control.json");
    }
}
