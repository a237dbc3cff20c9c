package io.saldo.app.statement;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.config.Settings;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.LakeStore;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.Correction;
import io.saldo.statement.MonthCounters;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which closed months of an account leave usage to its oldest open month, and what it is. */
final class LateUsage {
    private LateUsage() {}

    /**
     * Closed months with usage that their statements do not have, or with corrections, oldest first; none while none is closed. Where late
     * usage is only reported, those that a person had charged. What came before the go-live was settled elsewhere.
     *
     * @param frozen what closed months leave; null where none is closed
     * @param charged the months that a person had charged
     */
    static List<StatementTask.LateMonth> months(
            Configuration configuration,
            String accountId,
            Collection<LakeStore.AccountMonthUsage> usage,
            CloseStore.@Nullable Frozen frozen,
            Set<YearMonth> charged) {
        List<StatementTask.LateMonth> late = new ArrayList<>();
        if (frozen == null) {
            return late;
        }
        boolean all = configuration.settings().lateUsage() == Settings.LateUsage.NEXT_INVOICE;
        Opening golive = configuration.openings().get(accountId);
        YearMonth lastClosed = YearMonth.parse(frozen.lastMonth());
        for (LakeStore.AccountMonthUsage each : usage) {
            YearMonth month = YearMonth.parse(each.month());
            CloseStore.CountedUsage counted = frozen.usage().get(month);
            boolean closed = !month.isAfter(lastClosed) && (golive == null || !month.isBefore(golive.month()));
            boolean changed = counted == null
                    || !counted.has(each.lastRun())
                    || frozen.fallen().contains(month);
            boolean counts = changed && (all || charged.contains(month));
            List<Correction> corrections = frozen.corrections().getOrDefault(month, List.of());
            if (closed && (counts || !corrections.isEmpty())) {
                List<Long> countedBy = counted == null ? List.of() : counted.runs();
                late.add(new StatementTask.LateMonth(
                        month,
                        each.lastRun(),
                        counts ? countedBy : List.of(StatementTask.LateMonth.NOTHING_COUNTS),
                        counted == null ? MonthCounters.none(month) : counted.counters(),
                        corrections));
            }
        }
        return late;
    }

    /**
     * What these months leave.
     *
     * @param segments where the usage of a month is
     */
    static List<ClosedMonth> read(
            LateUsageReader reader,
            String accountId,
            List<StatementTask.LateMonth> months,
            Function<YearMonth, List<String>> segments)
            throws IOException {
        List<ClosedMonth> closed = new ArrayList<>();
        for (StatementTask.LateMonth month : months) {
            LateUsageReader.Late late = reader.read(segments.apply(month.month()), accountId, month.countedBy());
            closed.add(new ClosedMonth(
                    month.month(), late.events(), late.fallen(), month.counters(), month.corrections()));
        }
        return closed;
    }
}
