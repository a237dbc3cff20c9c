package io.saldo.app.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is old goes only when nothing rests on it, only when a person says so, and nobody takes it for damage. */
class RetentionTest {
    @TempDir
    Path folder;

    private static Program done(SmallHome home, String command) {
        Program program = home.run(command.split(" "));
        assertThat(program.code()).as(command + program.out() + program.err()).isIn(0, 3);
        return program;
    }

    private static List<String> archived(SmallHome home) throws IOException {
        return Folders.bytes(home.root().resolve("lake")).keySet().stream()
                .filter(name -> name.startsWith("deliveries/") || name.startsWith("rejected/"))
                .toList();
    }

    @Test
    void evidenceGoesOnceEverythingOfItsMonthIsSettled() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure(
                "application.yml", "retention:\n  deliveries-months: 3\n  rejected-months: 3\n  reports-months: 3\n");
        home.deliverCredits("c.csv", "e-1,c-1,a-1,grant,promo,9,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("u.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000", "bad,x,a-1,,openai,m,1");
        home.night("2026-10-31");
        List<String> before = archived(home);
        assertThat(before).hasSize(3);

        assertThat(done(home, "retention --date 2027-01-20").out()).contains("0 with 0 bytes would go");
        Path somebodys = Files.createDirectories(home.root().resolve("out/nights/2026-02-30"));
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Path notes = Files.writeString(
                Files.createDirectories(folder.resolve("notes")).resolve("note"), "mine");
        Files.createSymbolicLink(disk.resolve("notes"), notes.getParent());
        Files.writeString(disk.resolve("report.csv"), "old");
        Path linked = Files.createSymbolicLink(home.root().resolve("out/nights/2026-10-30"), disk);
        assertThat(done(home, "retention --delete --date 2027-03-01").out())
                .contains("a break is not resolved", "3 stay");
        assertThat(disk.resolve("report.csv")).doesNotExist();
        assertThat(linked).as("links are an operator's").isSymbolicLink();
        assertThat(linked.resolve("notes/note")).exists();
        assertThat(archived(home)).isEqualTo(before);
        assertThat(home.root().resolve("out/nights/2026-10-31")).doesNotExist();
        assertThat(somebodys).as("no night").exists();

        done(home, "breaks accept --code RECORDS_REJECTED --by me --note known --date 2026-11-01");
        home.night("2026-11-01");
        assertThat(done(home, "retention --date 2027-03-01").out()).contains("a month of it is open");
        done(home, "close --month 2026-10 --date 2026-11-02");
        assertThat(done(home, "retention --date 2027-03-01").out()).contains("not published or not paid");
        done(home, "invoices issue --month 2026-10 --date 2026-11-02");
        assertThat(done(home, "retention --date 2027-03-01").out()).contains("4 with ", "would go");
        assertThat(archived(home)).isEqualTo(before);

        assertThat(done(home, "retention --date 2027-03-01 --delete").out()).contains("went, 0 stay");
        assertThat(archived(home)).isEmpty();
        Program verified = home.run("verify");
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.err())
                .contains("u.csv was dropped by retention on 2027-03-01")
                .doesNotContain("not counted again");
        assertThat(done(home, "explain --account a-1 --month 2026-10 --event r-1")
                        .out())
                .contains("u.csv");
        home.night("2026-11-03");

        Path lost = home.root().resolve("lake").resolve(before.get(0));
        assertThat(Files.exists(lost)).isFalse();
        home.books("DELETE FROM dropped_file WHERE path = '" + before.get(0) + "'");
        assertThat(home.run("verify").err()).contains("VER-001  lake/" + before.get(0));
    }

    @Test
    void whatIsLeftOfDeliveriesIsStillCountedAgain() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("application.yml", "retention:\n  rejected-months: 3\n");
        home.deliverCredits("c.csv", "e-1,c-1,a-1,grant,promo,9,,EUR,2026-07-01T00:00:00Z,,,50,");
        home.deliverUsage("u.csv", "r-1,2026-07-03T08:00:00Z,a-1,,openai,m,5000", "bad,x,a-1,,openai,m,7");
        home.deliverUsage("v.csv", "r-2,2026-07-03T09:00:00Z,a-1,,openai,m,300");
        home.night("2026-07-31");
        done(home, "breaks accept --code RECORDS_REJECTED --by me --note known --date 2026-08-01");
        home.night("2026-08-01");
        done(home, "close --month 2026-07 --date 2026-08-02");
        done(home, "invoices issue --month 2026-07 --date 2026-08-02");
        assertThat(done(home, "retention --date 2026-12-01 --delete").out()).contains("1 with ", "went");
        Program verified = home.run("verify");
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out()).containsPattern("deliveries +5 ");
    }

    @Test
    void aCopyOfAFileThatCameAgainGoesByItsAge() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("application.yml", "retention:\n  deliveries-months: 3\n");
        for (int night = 3; night <= 4; night++) {
            home.deliverUsage("u-" + night + ".csv", "r-1,2026-07-03T08:00:00Z,a-1,,openai,m,5000");
            home.night("2026-07-0" + night);
        }
        assertThat(done(home, "retention --date 2026-10-04 --delete").out()).contains("0 with 0 bytes went, 1 stay");
        assertThat(archived(home)).hasSize(2);
        assertThat(done(home, "retention --date 2026-10-05 --delete").out()).contains("1 with ", "went, 1 stay");
        assertThat(archived(home)).singleElement().asString().endsWith("-u-3.csv");
        assertThat(done(home, "retention --date 2026-10-05 --delete").out()).contains("0 with 0 bytes went, 1 stay");
        done(home, "verify");
    }

    @Test
    void aFileThatAYoungerDeliveryNeedsTooStays() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("application.yml", "retention:\n  rejected-months: 3\n");
        home.deliverUsage("u.csv", "bad,x,a-1,,openai,m,1");
        home.night("2026-07-03");
        done(home, "breaks accept --code RECORDS_REJECTED --by me --note known --date 2026-07-04");
        home.deliverUsage("v.csv", "r-1,2026-10-31T08:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-31");
        assertThat(done(home, "retention --date 2026-11-01").out()).contains("1 with ");

        home.books("INSERT INTO rejected_file SELECT r.path, d.delivery_id, d.run_id, 1 FROM rejected_file r"
                + " JOIN delivery d ON d.night = DATE '2026-10-31'");
        assertThat(done(home, "retention --date 2026-11-01").out()).contains("0 with 0 bytes would go");
    }
}
