package io.saldo.lake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.source.Quantity;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantities, timestamps and months read from bytes mean what the core says they mean. */
class RecordFormsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -1",
        "12, 12",
        "007, 7",
        "12.0, 12",
        "12.000, 12",
        "12., -1",
        ".5, -1",
        "12.5, -1",
        "1e3, 1000",
        "1E+3, 1000",
        "1.5e1, 15",
        "1.25e1, -1",
        "1500e-2, 15",
        "1505e-2, -1",
        "0e-99, 0",
        "0e999, 0",
        "1e999, -1",
        "1e-999, -1",
        "1e9999, -1",
        "1e, -1",
        "e1, -1",
        "-1, -1",
        "+1, -1",
        "' 1', -1",
        "'1 ', -1",
        "1_000, -1",
        "'1,000', -1",
        "NaN, -1",
        "0x10, -1",
        "١, -1",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775807.0, 9223372036854775807",
        "9223372036854775808, -1",
        "9.223372036854775807e18, 9223372036854775807",
        "9.223372036854775808e18, -1",
        "99999999999999999999, -1",
        "0000000000000000000000000000000000000000000000000000000000000001, 1",
        "00000000000000000000000000000000000000000000000000000000000000001, -1"
    })
    void quantitiesAreWholeNumbers(String text, long expected) {
        byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.UTF_8);
        assertThat(Quantity.parse(bytes, 1, bytes.length - 1)).isEqualTo(expected);
    }

    @Test
    void quantitiesAgreeWithDecimals() {
        Random random = new Random(20261005);
        for (int trial = 0; trial < 50_000; trial++) {
            BigDecimal value = BigDecimal.valueOf(random.nextLong() >>> random.nextInt(60), random.nextInt(6))
                    .abs();
            String text = random.nextBoolean() ? value.toPlainString() : value.unscaledValue() + "e" + -value.scale();
            BigDecimal whole = value.stripTrailingZeros();
            long expected = whole.scale() > 0 ? Quantity.BAD : whole.longValueExact();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Quantity.parse(bytes, 0, bytes.length)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void timestampsAgreeWithTheCore() {
        Random random = new Random(20261006);
        for (TimestampFormat format : new TimestampFormat[] {
            TimestampFormat.ISO_WITH_OFFSET,
            new TimestampFormat(TimestampFormat.Form.ISO, ZoneId.of("Europe/Berlin")),
            new TimestampFormat(TimestampFormat.Form.EPOCH_MILLIS, null)
        }) {
            OccurredAt fast = new OccurredAt(format);
            for (int trial = 0; trial < 50_000; trial++) {
                StringBuilder text = new StringBuilder("2026-10-0" + (1 + random.nextInt(3)) + "T"
                        + (10 + random.nextInt(20)) + ":0" + random.nextInt(10) + ":" + (10 + random.nextInt(55)));
                if (random.nextBoolean()) {
                    text.append('.').append(random.nextInt(1_000_000_000));
                }
                text.append(new String[] {"Z", "Z", "Z", "", "+02:00", "+00:00", "z", " UTC"}[random.nextInt(8)]);
                if (random.nextInt(4) == 0) {
                    text.setCharAt(random.nextInt(text.length()), "0T.:-Z x9".charAt(random.nextInt(9)));
                }
                if (random.nextInt(10) == 0) {
                    text.setLength(0);
                    text.append(random.nextInt(Integer.MAX_VALUE)).append("000");
                }
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                OptionalLong expected = format.parse(text.toString());
                assertThat(fast.parse(bytes, 0, bytes.length))
                        .as(text.toString())
                        .isEqualTo(expected.orElse(OccurredAt.BAD));
                if (expected.isPresent()) {
                    byte[] target = new byte[40];
                    int end = fast.write(expected.getAsLong(), target, 3);
                    assertThat(new String(target, 3, end - 3, StandardCharsets.UTF_8))
                            .isEqualTo(Instants.format(expected.getAsLong()));
                }
            }
        }
    }

    @Test
    void monthsAgreeWithTheBillingZone() {
        Random random = new Random(20261007);
        for (String id : new String[] {"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata"}) {
            BillingZone zone = new BillingZone(ZoneId.of(id));
            long from = 1_700_000_000_000_000L;
            long to = 1_790_000_000_000_000L;
            Months months = new Months(zone, from, to);
            for (int trial = 0; trial < 20_000; trial++) {
                long micros = from + (long) (random.nextDouble() * (to - from));
                var month = zone.monthOf(micros);
                assertThat(months.of(micros)).isEqualTo(month.getYear() * 12 + month.getMonthValue() - 1);
            }
            assertThat(months.of(to))
                    .isEqualTo(
                            zone.monthOf(to).getYear() * 12 + zone.monthOf(to).getMonthValue() - 1);
        }
    }
}
