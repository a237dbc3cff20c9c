package io.saldo.sample;

import io.saldo.sample.PlantedFaults.Fault;
import io.saldo.sample.PlantedFaults.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Writes the usage of each day as it is delivered, and as it was charged. */
final class FaultyUsage {
    private final PlantedFaults planting;

    FaultyUsage(PlantedFaults planting) {
        this.planting = planting;
    }

    void write() throws IOException {
        List<String> delayed = new ArrayList<>();
        for (LocalDate day : planting.days) {
            List<String> all = planting.logged.getOrDefault(day, List.of());
            Log log = new Log(day, all.get(0));
            delayed.forEach(line -> log.late(line));
            delayed.clear();
            for (String line : all.subList(1, all.size())) {
                Kind kind = planting.touched.get(PlantedFaults.field(line, 0));
                if (kind == null) {
                    decoy(line, log, delayed);
                } else if (kind == Kind.LATE) {
                    delayed.add(line);
                } else {
                    log.faulty(line, kind);
                }
            }
            Files.write(PlantedFaults.usage(planting.plan.out(), day), log.delivered);
            Path file = PlantedFaults.usage(planting.live, day);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, log.charged);
        }
    }

    /** Records that the live system treated as it should: once, and in their own time. */
    private void decoy(String line, Log log, List<String> delayed) {
        int draw = planting.random.nextInt(400);
        if (draw == 0 && !log.day.equals(planting.days.get(planting.days.size() - 1))) {
            delayed.add("decoy" + line);
            log.charged.add(line);
            return;
        }
        log.both(line);
        if (draw <= 4) {
            log.delivered.add(line);
        } else if (draw <= 6) {
            log.delivered.add(PlantedFaults.with(line, 0, ""));
        } else if (draw == 7) {
            log.delivered.add(PlantedFaults.with(line, 9, "12.5"));
        } else if (draw == 8 && planting.isPrepaid(PlantedFaults.field(line, 2))) {
            log.delivered.add(PlantedFaults.with(
                    PlantedFaults.with(PlantedFaults.with(line, 0, "k" + PlantedFaults.field(line, 0)), 2, ""),
                    4,
                    "key-" + PlantedFaults.field(line, 2)));
        }
    }

    /** What a day delivers, and what it was charged for. */
    private final class Log {
        private final LocalDate day;
        private final List<String> delivered = new ArrayList<>();
        private final List<String> charged = new ArrayList<>();

        Log(LocalDate day, String header) {
            this.day = day;
            delivered.add(header);
            charged.add(header);
        }

        void both(String line) {
            delivered.add(line);
            charged.add(line);
        }

        /** Comes with this day, and is of the one before; a decoy was charged then, a fault never. */
        void late(String line) {
            if (line.startsWith("decoy")) {
                delivered.add(line.substring("decoy".length()));
            } else {
                delivered.add(line);
                planting.planted.add(new Fault(
                        PlantedFaults.field(line, 2),
                        Kind.LATE,
                        LocalDate.parse(PlantedFaults.field(line, 1).substring(0, 10)),
                        "late event " + place() + " of night " + day));
            }
        }

        void faulty(String line, Kind kind) {
            String again = PlantedFaults.with(line, 0, "again" + PlantedFaults.field(line, 0));
            String more = PlantedFaults.with(
                    line,
                    12,
                    Integer.toString(
                            Integer.parseInt(PlantedFaults.field(line, 12)) + 1 + planting.random.nextInt(900)));
            String tells = "";
            switch (kind) {
                case DUPLICATE -> {
                    both(line);
                    delivered.add(line);
                    charged.add(again);
                    tells = "duplicate " + place();
                }
                case CONFLICT -> {
                    both(line);
                    delivered.add(more);
                    charged.add(PlantedFaults.with(more, 0, "again" + PlantedFaults.field(line, 0)));
                    tells = "contradicting record " + place();
                }
                case CONFLICT_INSTEAD -> {
                    delivered.add(line);
                    delivered.add(more);
                    charged.add(more);
                    tells = "contradicting record " + place() + " in place of what stands";
                }
                case REJECTED -> {
                    delivered.add(PlantedFaults.with(line, 0, ""));
                    charged.add(line);
                    tells = "rejected record " + place() + " (USG-005)";
                }
                case HELD -> {
                    delivered.add(PlantedFaults.with(
                            PlantedFaults.with(line, 2, ""), 4, "key-" + PlantedFaults.field(line, 2)));
                    charged.add(line);
                    tells = "held record " + place();
                }
                case LOST -> delivered.add(line);
                default -> throw new IllegalStateException(kind + " is of no record");
            }
            if (kind != Kind.LOST) {
                planting.planted.add(new Fault(PlantedFaults.field(line, 2), kind, day, tells));
            }
        }

        /** Where the record is that was delivered last. */
        private String place() {
            return "usage/usage-" + day + ".csv:" + delivered.size();
        }
    }
}
