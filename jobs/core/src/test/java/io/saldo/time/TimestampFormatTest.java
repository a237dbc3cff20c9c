package io.saldo.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.time.TimestampFormat.Form;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFormatTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final TimestampFormat LOCAL = new TimestampFormat(Form.ISO, BERLIN);

    @ParameterizedTest
    @CsvSource({
        "2026-10-05T18:17:03Z, 2026-10-05T18:17:03.000000Z",
        "2026-10-05 18:17:03.979960+02:00, 2026-10-05T16:17:03.979960Z",
        "2026-10-05T18:17:03.1234567Z, 2026-10-05T18:17:03.123456Z",
        "2026-10-05T18:17:03.9999999999Z, 2026-10-05T18:17:03.999999Z",
        "1969-12-31T23:59:59.9Z, 1969-12-31T23:59:59.900000Z",
        "2026-10-05T18:17:03-0330, 2026-10-05T21:47:03.000000Z"
    })
    void anyOffsetIsReadAndMoreThanSixDigitsAreCut(String text, String micros) {
        assertThat(Instants.format(TimestampFormat.ISO_WITH_OFFSET.parse(text).orElseThrow()))
                .isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-05T18:17:60Z",
                "2026-10-05T24:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-10-05T18:17:03",
                "2026-10-05T18:17:03.Z",
                "2026-10-05T18:17Z",
                "2026-10-05",
                "2026-13-05T18:17:03Z",
                "2026-10-05T18:17:03+99:00",
                "",
                "2026-10-05t18:17:03Z"
            })
    void secondSixtyHourTwentyFourAndTheLikeAreBad(String text) {
        assertThat(TimestampFormat.ISO_WITH_OFFSET.parse(text)).isEmpty();
    }

    @Test
    void aLocalHourThatIsSkippedIsBadAndOneThatRepeatsIsTheFirst() {
        assertThat(LOCAL.parse("2026-03-29T02:30:00")).isEmpty();
        assertThat(Instants.format(LOCAL.parse("2026-03-29T03:00:00").orElseThrow()))
                .isEqualTo("2026-03-29T01:00:00.000000Z");
        assertThat(Instants.format(LOCAL.parse("2026-10-25T02:30:00").orElseThrow()))
                .isEqualTo("2026-10-25T00:30:00.000000Z");
        assertThat(Instants.format(LOCAL.parse("2026-03-29T02:30:00Z").orElseThrow()))
                .isEqualTo("2026-03-29T02:30:00.000000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "EPOCH_SECONDS, 1700000000, 1700000000000000",
        "EPOCH_SECONDS, 1700000000.1234567, 1700000000123456",
        "EPOCH_MILLIS, 1700000000123.4, 1700000000123400",
        "EPOCH_MICROS, 1700000000123456.9, 1700000000123456",
        "EPOCH_NANOS, 1700000000123456999, 1700000000123456",
        "EPOCH_NANOS, 1000, 1",
        "EPOCH_NANOS, 999, 0"
    })
    void epochsOfEachUnit(Form form, String text, long micros) {
        assertThat(new TimestampFormat(form, null).parse(text)).hasValue(micros);
    }

    @ParameterizedTest
    @CsvSource({
        "2026/10/05 18:17:03 -0700, 2026-10-06T01:17:03.000000Z",
        "2026/10/05 18:17:03, 2026-10-05T16:17:03.000000Z"
    })
    void slashesInTheDate(String text, String micros) {
        assertThat(Instants.format(
                        new TimestampFormat(Form.SLASHED, BERLIN).parse(text).orElseThrow()))
                .isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-05 18:17:03 -0700",
                "2026/10-05 18:17:03 -0700",
                "2026/10/05",
                "",
                "2026/13/05 18:17:03 -0700"
            })
    void withoutSlashesItIsNone(String text) {
        assertThat(new TimestampFormat(Form.SLASHED, BERLIN).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.7e9", "-1", "1700000000.", "", "99999999999999", "12a"})
    void epochsThatAreNone(String text) {
        assertThat(new TimestampFormat(Form.EPOCH_SECONDS, null).parse(text)).isEmpty();
    }

    @Test
    void monthsOfAZoneFollowItsClockChanges() {
        BillingZone zone = new BillingZone(BERLIN);
        long march = zone.endOf(YearMonth.of(2026, 3)) - zone.startOf(YearMonth.of(2026, 3));
        long october = zone.endOf(YearMonth.of(2026, 10)) - zone.startOf(YearMonth.of(2026, 10));

        assertThat(march).isEqualTo((31 * 24 - 1) * 3_600_000_000L);
        assertThat(october).isEqualTo((31 * 24 + 1) * 3_600_000_000L);
        assertThat(zone.dateOf(zone.startOf(LocalDate.of(2026, 3, 29)) - 1)).isEqualTo(LocalDate.of(2026, 3, 28));
        assertThat(zone.monthOf(zone.endOf(YearMonth.of(2026, 10)))).isEqualTo(YearMonth.of(2026, 11));
    }

    @Test
    void aMidnightThatIsSkippedBeginsAfterTheGap() {
        BillingZone beirut = new BillingZone(ZoneId.of("Asia/Beirut"));

        assertThat(Instants.format(beirut.startOf(LocalDate.of(2026, 3, 29)))).isEqualTo("2026-03-28T22:00:00.000000Z");
    }
}
