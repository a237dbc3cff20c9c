package io.saldo.sample;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to generate. Two plans that differ only in {@code threads} make the same bytes.
 *
 * @param seed every draw is a function of it and of the event's number
 * @param accounts how many customers; the first is the largest, the n-th has 1/n of its requests
 * @param events how many requests in all days together, exactly
 * @param from the first day
 * @param days how many days, one delivery each
 * @param format {@code csv} or {@code jsonl}
 * @param threads how many days are written at the same time
 * @param out receives {@code config/} and {@code deliveries/<day>/<source>/<file>}
 */
public record LoadPlan(
        long seed, int accounts, long events, LocalDate from, int days, String format, int threads, Path out) {

    private static final List<String> OPTIONS =
            List.of("--seed", "--accounts", "--events", "--from", "--days", "--format", "--threads", "--out");

    /** Refuses what cannot be generated. */
    public LoadPlan {
        if (accounts < 1 || events < 0 || days < 1 || threads < 1) {
            throw new IllegalArgumentException("accounts, days and threads are 1 or more, events 0 or more");
        }
        if (!format.equals("csv") && !format.equals("jsonl")) {
            throw new IllegalArgumentException("--format is csv or jsonl, not " + format);
        }
    }

    /** Reads {@code --name value} pairs; only {@code --out} has no default. */
    public static LoadPlan parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            if (!OPTIONS.contains(arguments[at]) || at + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        arguments[at] + " is no option with a value; there are " + String.join(" ", OPTIONS));
            }
            values.put(arguments[at], arguments[at + 1]);
        }
        String out = values.getOrDefault("--out", "");
        if (out.isEmpty()) {
            throw new IllegalArgumentException("--out DIR is missing");
        }
        return new LoadPlan(
                Long.parseLong(values.getOrDefault("--seed", "1")),
                Integer.parseInt(values.getOrDefault("--accounts", "1000")),
                Long.parseLong(values.getOrDefault("--events", "1000000")),
                LocalDate.parse(values.getOrDefault("--from", "2026-10-01")),
                Integer.parseInt(values.getOrDefault("--days", "31")),
                values.getOrDefault("--format", "csv"),
                Integer.parseInt(values.getOrDefault("--threads", "1")),
                Path.of(out));
    }
}
