package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Choice;
import io.saldo.lake.source.FieldPlace.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Where the records of a log have their columns. */
public final class RecordLayout {
    /** The place of a JSON document's records where a source names none: the entries of an array. */
    public static final String ENTRIES = "/*";

    /**
     * A column that the records are asked for.
     *
     * @param name in messages
     * @param place as a mapping writes it
     * @param required whether a header must have it
     * @param count whether it is a count, of which 0 is as good as none
     */
    public record Column(String name, String place, boolean required, boolean count) {}

    private final LogFormat format;
    private final Compression compression;
    private final List<String> records;
    private final boolean wholeBinaryNumbers;
    private final boolean paypalReport;
    private final List<Column> columns;
    private final List<FieldPlace> places;
    private final Set<Integer> alternatives;
    private final List<Reference> slots;
    private final int[] slotOfColumn;
    private final boolean composed;

    private RecordLayout(
            LogFormat format,
            Compression compression,
            String records,
            boolean wholeBinaryNumbers,
            boolean paypalReport,
            List<Column> columns,
            Set<Integer> alternatives) {
        this.format = format;
        this.paypalReport = paypalReport;
        this.compression = compression;
        this.records =
                List.of((records.isEmpty() ? ENTRIES : records).substring(1).split("/", -1));
        this.wholeBinaryNumbers = wholeBinaryNumbers;
        this.columns = List.copyOf(columns);
        this.alternatives = alternatives;
        places =
                columns.stream().map(column -> FieldPlace.parse(column.place())).toList();
        Set<Reference> references = new LinkedHashSet<>();
        places.forEach(place -> references.addAll(place.references()));
        slots = List.copyOf(references);
        slotOfColumn = new int[places.size()];
        for (int column = 0; column < slotOfColumn.length; column++) {
            slotOfColumn[column] = slotOf(places.get(column));
        }
        composed = Arrays.stream(slotOfColumn).anyMatch(slot -> slot == COMPOSED);
    }

    /** Where a JSON document has its records. */
    public String recordsPointer() {
        return "/" + String.join("/", records);
    }

    /** In {@link #slotOf}: the log does not have the column. */
    static final int NOWHERE = -1;

    /** In {@link #slotOf}: the column is made of several values, or under a condition. */
    static final int COMPOSED = -2;

    /**
     * Usage.
     *
     * @param alternatives positions of columns of which a header must have one
     */
    static RecordLayout usage(
            LogFormat format,
            Compression compression,
            String records,
            List<Column> columns,
            Set<Integer> alternatives) {
        return new RecordLayout(format, compression, records, true, false, columns, alternatives);
    }

    /**
     * Records with amounts: a column of binary floating point is never one.
     *
     * @param mapping where each column is, by its name; empty text where the log does not have it
     */
    public static RecordLayout amounts(
            LogFormat format, Compression compression, String records, Map<String, String> mapping) {
        List<Column> columns = new ArrayList<>();
        mapping.forEach((name, place) -> columns.add(new Column(name, place, !place.isEmpty(), false)));
        return new RecordLayout(format, compression, records, false, false, columns, Set.of());
    }

    /** The same records, in CSV whose rows begin with what they are, as PayPal reports. */
    public RecordLayout ofPaypalReport() {
        return new RecordLayout(format, compression, recordsPointer(), wholeBinaryNumbers, true, columns, alternatives);
    }

    /** Whether the rows begin with what they are, as PayPal reports. */
    boolean isPaypalReport() {
        return paypalReport;
    }

    /**
     * What is wrong with a text of a mapping, for the person who wrote it; empty where nothing is.
     *
     * @param records where a JSON document has its records; empty for the entries of an array
     */
    public static Optional<String> problemOf(String place, LogFormat format, String records) {
        try {
            for (Reference reference : FieldPlace.parse(place).references()) {
                if (reference.named() && !format.hasNamedColumns()) {
                    return Optional.of(
                            "in a " + format.word() + " source it must be a JSON pointer, such as /usage/input");
                }
                if (reference.up() > objectsAround(format, records)) {
                    return Optional.of("../ leads to what surrounds a record of a json source, and around these there"
                            + " is no such object");
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    /** What is wrong with the place of a JSON document's records; empty where nothing is. */
    public static Optional<String> problemOfRecords(String records) {
        return records.matches("(/[^/]+)*/\\*")
                ? Optional.empty()
                : Optional.of("it leads to the entries of an array, such as /data/* or /data/*/results/*");
    }

    private static long objectsAround(LogFormat format, String records) {
        return format != LogFormat.JSON
                ? 0
                : Arrays.stream(records.split("/", -1))
                        .filter(name -> !name.isEmpty() && !name.equals("*"))
                        .count();
    }

    /** How the log is written. */
    public LogFormat format() {
        return format;
    }

    Compression compression() {
        return compression;
    }

    /** The names that lead to the records of a JSON document; {@code *} for every entry of an array. */
    List<String> records() {
        return records;
    }

    /** Whether a binary floating-point number is taken where it is whole. */
    boolean wholeBinaryNumbers() {
        return wholeBinaryNumbers;
    }

    /** The columns, in the order in which a record tells them. */
    public List<Column> columns() {
        return columns;
    }

    FieldPlace place(int column) {
        return places.get(column);
    }

    /** The values of the log that the columns are made of. */
    List<Reference> slots() {
        return slots;
    }

    /** The slot that the column is, as it stands; else {@link #NOWHERE} or {@link #COMPOSED}. */
    int slotOf(int column) {
        return slotOfColumn[column];
    }

    boolean hasComposed() {
        return composed;
    }

    /** How many objects around a record it needs. */
    int levelsAround() {
        return slots.stream().mapToInt(Reference::up).max().orElse(0);
    }

    /** Required columns for which a log has nothing, as messages name them. */
    List<String> missing(Predicate<Reference> has) {
        Set<String> missing = new LinkedHashSet<>();
        boolean anyAlternative = alternatives.isEmpty();
        boolean alternativeMissing = false;
        for (int column = 0; column < columns.size(); column++) {
            boolean there = isThere(places.get(column), has);
            if (alternatives.contains(column)) {
                anyAlternative |= there;
                alternativeMissing |= !there && columns.get(column).required();
            }
            if (!there && columns.get(column).required()) {
                missing.add(label(column));
            }
        }
        if (!anyAlternative && !alternativeMissing) {
            missing.add(String.join(
                    " or ",
                    new TreeSet<>(alternatives).stream().map(this::label).toList()));
        }
        return List.copyOf(missing);
    }

    private String label(int column) {
        FieldPlace place = places.get(column);
        if (place.choices().isEmpty()) {
            return columns.get(column).name();
        }
        Set<String> names = new LinkedHashSet<>();
        place.references().stream()
                .filter(reference -> reference.up() == 0)
                .forEach(reference -> names.add(reference.column()));
        return String.join(" or ", names);
    }

    private static boolean isThere(FieldPlace place, Predicate<Reference> has) {
        return place.choices().stream().anyMatch(choice -> FieldPlace.references(choice).stream()
                .filter(reference -> reference.up() == 0)
                .allMatch(has));
    }

    private int slotOf(FieldPlace place) {
        if (place.choices().isEmpty()) {
            return NOWHERE;
        }
        Choice choice = place.choices().get(0);
        return place.choices().size() == 1
                        && choice.conditions().isEmpty()
                        && choice.operands().size() == 1
                        && choice.operands().get(0) instanceof Reference reference
                ? slots.indexOf(reference)
                : COMPOSED;
    }
}
