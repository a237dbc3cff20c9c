package io.saldo.statement;

import io.saldo.usage.LateEvents;
import java.time.YearMonth;

/**
 * What a closed month leaves to the account's oldest open month beside its position.
 *
 * @param month the closed month
 * @param late usage of it that no statement has counted
 * @param fallen events that statements counted with a higher figure than they have by now
 * @param counters how far it has counted, in its own statement and as late usage of later ones
 */
public record ClosedMonth(YearMonth month, LateEvents late, long fallen, MonthCounters counters) {}
