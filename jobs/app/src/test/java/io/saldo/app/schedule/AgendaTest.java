package io.saldo.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.run.Run;
import io.saldo.time.BillingZone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due, by expressions, zone, what has run, and the hour. */
class AgendaTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Agenda agenda(String nightly, String close, ZoneId zone) {
        return new Agenda(new OperationSettings(
                new BillingZone(zone),
                new OperationSettings.Schedule(nightly, close, 300),
                new OperationSettings.Monitoring("127.0.0.1", 9464),
                null,
                null));
    }

    private static List<String> due(Agenda agenda, String lastNight, String lastClose, String now) {
        Agenda.Position position = new Agenda.Position(
                lastNight.isEmpty() ? null : LocalDate.parse(lastNight),
                lastClose.isEmpty() ? null : LocalDate.parse(lastClose),
                Instant.parse("2026-10-05T12:00:00Z"));
        return agenda.due(position, Instant.parse(now)).stream()
                .map(each -> each.job().word() + " " + each.businessDate() + " " + each.at())
                .toList();
    }

    @Test
    void aNightIsOfTheDateBeforeTheOneInWhichItBegins() {
        Agenda agenda = agenda("0 30 3 * * *", "", BERLIN);
        assertThat(due(agenda, "2026-10-03", "", "2026-10-05T01:29:59Z")).isEmpty();
        assertThat(due(agenda, "2026-10-03", "", "2026-10-05T01:30:00Z"))
                .containsExactly("nightly 2026-10-04 2026-10-05T01:30:00Z");
    }

    @Test
    void missedNightsAreDueInOrder() {
        assertThat(due(agenda("0 30 3 * * *", "", BERLIN), "2026-10-03", "", "2026-10-07T12:00:00Z"))
                .containsExactly(
                        "nightly 2026-10-04 2026-10-05T01:30:00Z",
                        "nightly 2026-10-05 2026-10-06T01:30:00Z",
                        "nightly 2026-10-06 2026-10-07T01:30:00Z");
    }

    @Test
    void aDateRunsOnceHoweverOftenTheExpressionFits() {
        Agenda agenda = agenda("0 * * * * *", "", BERLIN);
        assertThat(due(agenda, "2026-10-03", "", "2026-10-05T20:00:00Z"))
                .containsExactly("nightly 2026-10-04 2026-10-04T22:00:00Z");
        assertThat(due(agenda, "2026-10-04", "", "2026-10-05T20:00:00Z")).isEmpty();
    }

    @Test
    void aDateOnWhichNothingBeginsIsTakenWithTheNextNight() {
        assertThat(due(agenda("0 30 3 * * MON-FRI", "", BERLIN), "2026-10-01", "", "2026-10-06T12:00:00Z"))
                .containsExactly("nightly 2026-10-04 2026-10-05T01:30:00Z", "nightly 2026-10-05 2026-10-06T01:30:00Z");
    }

    @Test
    void whatWasBeforeTheFirstNightIsNotMadeUpFor() {
        Agenda agenda = agenda("0 30 3 * * *", "0 0 6 5 * *", BERLIN);
        assertThat(due(agenda, "", "", "2026-10-05T20:00:00Z")).isEmpty();
        assertThat(due(agenda, "", "", "2026-10-06T20:00:00Z"))
                .containsExactly("nightly 2026-10-05 2026-10-06T01:30:00Z");
    }

    @Test
    void aCloseComesBetweenTheNightsOfItsTimeAndClosesTheMonthBefore() {
        Agenda agenda = agenda("0 30 3 * * *", "0 0 6 3 * *", BERLIN);
        assertThat(due(agenda, "2026-10-01", "2026-09-02", "2026-10-04T12:00:00Z"))
                .containsExactly(
                        "nightly 2026-10-02 2026-10-03T01:30:00Z",
                        "month-close 2026-10-02 2026-10-03T04:00:00Z",
                        "nightly 2026-10-03 2026-10-04T01:30:00Z");
        assertThat(due(agenda, "2026-10-03", "2026-10-02", "2026-10-04T12:00:00Z"))
                .isEmpty();
        assertThat(new Due(Run.Job.MONTH_CLOSE, LocalDate.parse("2026-12-31"), Instant.EPOCH).month())
                .hasToString("2026-12");
    }

    /** Berlin's clocks go from 02:00 to 03:00 on 2026-03-29, and from 03:00 to 02:00 on 2026-10-25. */
    @Test
    void aClockChangeNeitherDoublesNorLosesANight() {
        Agenda agenda = agenda("0 30 2 * * *", "", BERLIN);
        assertThat(due(agenda, "2026-03-26", "", "2026-03-30T12:00:00Z"))
                .containsExactly(
                        "nightly 2026-03-27 2026-03-28T01:30:00Z",
                        "nightly 2026-03-28 2026-03-29T01:30:00Z",
                        "nightly 2026-03-29 2026-03-30T00:30:00Z");
        assertThat(due(agenda, "2026-10-22", "", "2026-10-26T12:00:00Z"))
                .containsExactly(
                        "nightly 2026-10-23 2026-10-24T00:30:00Z",
                        "nightly 2026-10-24 2026-10-25T00:30:00Z",
                        "nightly 2026-10-25 2026-10-26T01:30:00Z");
        // Within the hour that comes twice, the second half past two is nothing new.
        assertThat(due(agenda, "2026-10-24", "", "2026-10-25T01:30:00Z")).isEmpty();
    }

    @Test
    void aSkippedTimeComesLaterByWhatWasSkippedAndARepeatedOneIsTheFirst() {
        Schedule schedule = new Schedule("0 30 2 * * *", BERLIN);
        assertThat(schedule.on(LocalDate.parse("2026-03-29"))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(schedule.on(LocalDate.parse("2026-10-25"))).contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(new Schedule("0 0 0 29 2 *", BERLIN).on(LocalDate.parse("2026-02-28")))
                .isEmpty();
    }

    @Test
    void nextIsWhatComesFirstAfterNow() {
        Agenda agenda = agenda("0 30 3 * * *", "0 0 6 3 * *", ZoneId.of("UTC"));
        assertThat(agenda.next(Instant.parse("2026-10-03T03:30:00Z"))
                        .orElseThrow()
                        .job()
                        .word())
                .isEqualTo("month-close");
        assertThat(agenda.next(Instant.parse("2026-10-03T06:00:00Z"))
                        .orElseThrow()
                        .at())
                .isEqualTo("2026-10-04T03:30:00Z");
        assertThat(agenda("", "0 0 0 29 2 *", BERLIN)
                        .next(Instant.parse("2026-03-01T00:00:00Z"))
                        .orElseThrow()
                        .at())
                .isEqualTo("2028-02-28T23:00:00Z");
    }
}
