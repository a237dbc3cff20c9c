package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Choice;
import io.saldo.lake.source.FieldPlace.Condition;
import io.saldo.lake.source.FieldPlace.Constant;
import io.saldo.lake.source.FieldPlace.Joining;
import io.saldo.lake.source.FieldPlace.Operand;
import io.saldo.lake.source.FieldPlace.Reference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts of one record: the values that the log has, by slot, and the columns that they make. */
final class RecordFields {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40})?");

    private final RecordLayout layout;
    private final int[] slotFrom;
    private final int[] slotTo;
    private final Map<Reference, Integer> slots = new HashMap<>();
    private byte[] texts = new byte[1 << 12];
    private int length;

    private final int[] from;
    private final int[] to;

    // Where the columns' texts are: those of the first column at the index first of the arrays.
    private byte[] data = texts;
    private int[] starts;
    private int[] ends;
    private int first;

    // Of the text that a choice gave.
    private int chosenFrom;
    private int chosenTo;

    RecordFields(RecordLayout layout) {
        this.layout = layout;
        slotFrom = new int[layout.slots().size()];
        slotTo = new int[slotFrom.length];
        from = new int[layout.columns().size()];
        to = new int[from.length];
        starts = from;
        ends = to;
        for (int slot = 0; slot < slotFrom.length; slot++) {
            slots.put(layout.slots().get(slot), slot);
        }
    }

    /** The bytes into which {@link #from} and {@link #to} point. */
    byte[] data() {
        return data;
    }

    /** Where the text of a column starts. */
    int from(int column) {
        return starts[first + column];
    }

    /** Where the text of a column ends. */
    int to(int column) {
        return ends[first + column];
    }

    /** Forgets the record. */
    void clear() {
        Arrays.fill(slotFrom, 0);
        Arrays.fill(slotTo, 0);
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
        length = 0;
        point(texts, from, to, 0);
    }

    /** Puts a value into every slot of those. */
    void put(List<Integer> into, String text) {
        int start = append(text);
        for (int slot : into) {
            slotFrom[slot] = start;
            slotTo[slot] = length;
        }
    }

    void put(List<Integer> into, byte[] bytes, int start, int end) {
        reserve(end - start);
        System.arraycopy(bytes, start, texts, length, end - start);
        for (int slot : into) {
            slotFrom[slot] = length;
            slotTo[slot] = length + end - start;
        }
        length += end - start;
    }

    /** Makes the columns of the values that were put. */
    void assemble() {
        for (int column = 0; column < from.length; column++) {
            int slot = layout.slotOf(column);
            if (slot >= 0) {
                from[column] = slotFrom[slot];
                to[column] = slotTo[slot];
            } else if (slot == RecordLayout.COMPOSED) {
                compose(column);
            }
        }
        point(texts, from, to, 0);
    }

    /** The columns where nothing has to be made: a slot is where the caller says. */
    void point(byte[] bytes, int[] slotStarts, int[] slotEnds) {
        for (int column = 0; column < from.length; column++) {
            int slot = layout.slotOf(column);
            from[column] = slot < 0 ? 0 : slotStarts[slot];
            to[column] = slot < 0 ? 0 : slotEnds[slot];
        }
        point(bytes, from, to, 0);
    }

    /** The texts of a record whose columns the caller has in arrays, from that index on. */
    void point(byte[] bytes, int[] columnStarts, int[] columnEnds, int index) {
        data = bytes;
        starts = columnStarts;
        ends = columnEnds;
        first = index;
    }

    // The first choice that gives something; of logged counts, the first that gives more than 0.
    private void compose(int column) {
        boolean count = layout.columns().get(column).count();
        from[column] = 0;
        to[column] = 0;
        for (Choice choice : layout.place(column).choices()) {
            if (!choice.conditions().stream().allMatch(this::holds)) {
                continue;
            }
            choose(choice);
            if (chosenFrom == chosenTo) {
                continue;
            }
            // A constant is meant as it stands.
            boolean logged = !(choice.operands().get(0) instanceof Constant);
            boolean zero = count && logged && Quantity.parse(texts, chosenFrom, chosenTo) == 0;
            if (!zero || from[column] == to[column]) {
                from[column] = chosenFrom;
                to[column] = chosenTo;
            }
            if (!zero) {
                return;
            }
        }
    }

    private boolean holds(Condition condition) {
        String text = text(condition.reference());
        for (String word : condition.words()) {
            boolean isBeginning = word.endsWith("*");
            if (isBeginning ? text.startsWith(word.substring(0, word.length() - 1)) : text.equals(word)) {
                return true;
            }
        }
        return false;
    }

    private void choose(Choice choice) {
        if (choice.operands().size() == 1) {
            if (choice.operands().get(0) instanceof Reference reference) {
                int slot = slot(reference);
                chosenFrom = slotFrom[slot];
                chosenTo = slotTo[slot];
                return;
            }
        }
        List<String> parts = choice.operands().stream().map(this::text).toList();
        String text = choice.joining() != Joining.TEXT
                ? sum(parts, choice.joining())
                : parts.stream().anyMatch(String::isEmpty) ? "" : String.join("", parts);
        chosenFrom = append(text);
        chosenTo = length;
    }

    // What is no number is left for the check of the column to refuse, with all its parts to be seen.
    private static String sum(List<String> parts, Joining joining) {
        boolean subtracts = joining == Joining.DIFFERENCE;
        if (parts.stream().allMatch(String::isEmpty)) {
            return "";
        }
        List<String> numbers =
                parts.stream().map(part -> part.isEmpty() ? "0" : part).toList();
        if (numbers.stream().allMatch(number -> NUMBER.matcher(number).matches())) {
            BigDecimal sum = new BigDecimal(numbers.get(0));
            for (String number : numbers.subList(1, numbers.size())) {
                sum = subtracts ? sum.subtract(new BigDecimal(number)) : sum.add(new BigDecimal(number));
            }
            return sum.toPlainString();
        }
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(subtracts ? " - " : " + "));
    }

    private String text(Operand operand) {
        if (operand instanceof Constant constant) {
            return constant.text();
        }
        int slot = slot((Reference) operand);
        return new String(texts, slotFrom[slot], slotTo[slot] - slotFrom[slot], StandardCharsets.UTF_8);
    }

    private int slot(Reference reference) {
        return Objects.requireNonNull(slots.get(reference));
    }

    private int append(String text) {
        int start = length;
        reserve(text.length() * 3);
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= 0x80) {
                byte[] rest = text.substring(index).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(rest, 0, texts, length, rest.length);
                length += rest.length;
                return start;
            }
            texts[length++] = (byte) character;
        }
        return start;
    }

    private void reserve(int bytes) {
        if (texts.length - length < bytes) {
            texts = Arrays.copyOf(texts, Math.max(texts.length * 2, length + bytes));
        }
    }
}
