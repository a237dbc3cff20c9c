package io.saldo.sample;

import java.nio.file.Path;
import java.time.LocalDate;

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

    /** Those of a main method that generates. */
    public static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "gets config/ and deliveries/")
            .and("--seed", "N", "1", "every draw is a function of it")
            .and("--accounts", "N", "1000", "customers; the n-th has 1/n of the first's requests")
            .and("--events", "N", "1000000", "requests of all days together")
            .and("--from", "DATE", "2026-10-01", "the first day")
            .and("--days", "N", "31", "days, one delivery each")
            .and("--format", "csv|jsonl", "csv", "of the deliveries")
            .and("--threads", "N", "1", "what is worked on at the same time");

    /** Refuses what cannot be generated. */
    public LoadPlan {
        if (accounts < 1 || events < 0 || days < 1 || threads < 1) {
            throw new IllegalArgumentException("accounts, days and threads are 1 or more, events 0 or more");
        }
        if (!format.equals("csv") && !format.equals("jsonl")) {
            throw new IllegalArgumentException("--format is csv or jsonl, not " + format);
        }
    }

    /** The plan of {@link #OPTIONS}. */
    public static LoadPlan of(Arguments arguments) {
        return new LoadPlan(
                arguments.count("--seed"),
                arguments.number("--accounts"),
                arguments.count("--events"),
                LocalDate.parse(arguments.text("--from")),
                arguments.number("--days"),
                arguments.text("--format"),
                arguments.number("--threads"),
                arguments.path("--out"));
    }
}
