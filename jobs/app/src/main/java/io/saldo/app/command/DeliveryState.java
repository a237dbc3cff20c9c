package io.saldo.app.command;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of a file as a whole, or of some of its records. */
enum DeliveryState {
    /** Its records were taken. */
    TAKEN,
    /** It was refused as a whole. */
    NOT_TAKEN,
    /** It was skipped: its content is known. */
    REPEATED,
    /** It lay in the inbox when the last night looked, and stayed there. */
    WAITING,
    /** Its run was interrupted. */
    UNFINISHED,
    /** Taken, but for records that were rejected. */
    REJECTED,
    /** Taken, with records that are held. */
    HELD,
    /** Taken, with records that contradict others. */
    CONFLICT;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DeliveryState of(String word) {
        for (DeliveryState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new ProblemException(
                ProblemCode.USAGE,
                Place.NOWHERE,
                "--state is \"" + Table.printable(word) + "\": it is one of "
                        + Stream.of(values()).map(DeliveryState::word).collect(Collectors.joining(", ")));
    }
}
