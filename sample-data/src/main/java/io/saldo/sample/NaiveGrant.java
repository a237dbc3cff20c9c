package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A grant and what is left of it. */
final class NaiveGrant {
    final Map<String, String> entry;
    final Instant effectiveAt;
    final Instant expiresAt;
    final Instant bookedAt;
    final BigDecimal amount;
    BigDecimal remaining = BigDecimal.ZERO;
    boolean begun;
    BigDecimal drawn = BigDecimal.ZERO;
    BigDecimal claimed = BigDecimal.ZERO;

    NaiveGrant(Map<String, String> entry, Instant bookedAt, Instant effectiveAt, Instant expiresAt) {
        this.entry = entry;
        this.bookedAt = bookedAt;
        this.effectiveAt = effectiveAt;
        this.expiresAt = expiresAt;
        this.amount = new BigDecimal(column(entry, "amount"));
    }

    String creditId() {
        return column(entry, "credit_id");
    }

    int priority() {
        String priority = column(entry, "priority");
        return priority.isEmpty() ? 50 : Integer.parseInt(priority);
    }

    int kindOrder() {
        return List.of("promo", "adjustment", "purchase").indexOf(column(entry, "kind"));
    }

    boolean pays(Instant at, String provider, String model) {
        String scopeProvider = column(entry, "scope_provider");
        String scopeModel = column(entry, "scope_model");
        return begun
                && remaining.signum() > 0
                && at.isBefore(expiresAt)
                && (scopeProvider.isEmpty() || scopeProvider.equals(provider))
                && (scopeModel.isEmpty() || scopeModel.equals(model));
    }
}
