package io.saldo.lake.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a log has a field: a text of a source's {@code mapping}, parsed.
 *
 * <p>In the simplest form a column's name or a pointer. {@code config/README.md} explains the others: several places of
 * which one holds ({@code |}), sums ({@code +}), differences ({@code -}), joined texts ({@code &}), constants in single quotes, conditions
 * ({@code if}, {@code and}), list entries chosen by one of their members ({@code [member=value]}), and {@code ../} for what surrounds a
 * record of a JSON document.
 *
 * @param text as written
 * @param choices the first that gives something holds; none where the log does not have the field
 */
record FieldPlace(String text, List<Choice> choices) {
    /** How the operands of a choice become one text. */
    enum Joining {
        SUM,
        DIFFERENCE,
        TEXT
    }

    /**
     * One of several places.
     *
     * @param conditions all of them must hold; none where it always does
     */
    record Choice(Joining joining, List<Operand> operands, List<Condition> conditions) {}

    /** A part of a choice. */
    sealed interface Operand permits Reference, Constant {}

    /** The same text for every record. */
    record Constant(String text) implements Operand {}

    /**
     * A value of the log.
     *
     * @param up 0 for the record itself, 1 for the object that it stands in, and so on
     * @param named whether it is a column's name, not a pointer
     */
    record Reference(int up, boolean named, List<Token> tokens) implements Operand {
        /** What a header must have for it. */
        String column() {
            return tokens.get(0) instanceof Name name
                    ? name.name()
                    : tokens.get(0).toString();
        }
    }

    /** A step from a value to one inside it. */
    sealed interface Token permits Name, Selection {}

    /** To the member with that name, or the list's entry with that number. */
    record Name(String name) implements Token {}

    /** To the list's entry whose member has that value. */
    record Selection(String member, String value) implements Token {}

    /** That a value is one of the words, of which one that ends in {@code *} is the beginning of a value. */
    record Condition(Reference reference, List<String> words) {}

    /** A log does not have the field. */
    static final FieldPlace NOWHERE = new FieldPlace("", List.of());

    private static final List<String> ENDS = List.of(" | ", " + ", " - ", " & ", " if ");
    private static final String AND = " and ";
    private static final List<String> BEGINNINGS = List.of("/", "../", "'");

    /**
     * Reads a text of a mapping.
     *
     * @throws IllegalArgumentException with a message for the person who wrote it
     */
    static FieldPlace parse(String text) {
        return text.isEmpty() ? NOWHERE : new FieldPlace(text, new Parser(text).choices());
    }

    /** Every value of the log that it looks at. */
    List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (Choice choice : choices) {
            references.addAll(references(choice));
        }
        return references;
    }

    static List<Reference> references(Choice choice) {
        List<Reference> references = new ArrayList<>();
        for (Operand operand : choice.operands()) {
            if (operand instanceof Reference reference) {
                references.add(reference);
            }
        }
        choice.conditions().forEach(condition -> references.add(condition.reference()));
        return references;
    }

    private static final class Parser {
        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        List<Choice> choices() {
            List<Choice> choices = new ArrayList<>();
            choices.add(choice());
            while (take(" | ")) {
                choices.add(choice());
            }
            if (position < text.length()) {
                throw new IllegalArgumentException(
                        "\"" + text.substring(position).strip() + "\" cannot stand there");
            }
            return List.copyOf(choices);
        }

        private Choice choice() {
            List<Operand> operands = new ArrayList<>();
            operands.add(operand());
            Joining joining = Joining.TEXT;
            String sign = " & ";
            if (startsWith(" + ")) {
                joining = Joining.SUM;
                sign = " + ";
            } else if (startsWith(" - ")) {
                joining = Joining.DIFFERENCE;
                sign = " - ";
            }
            while (take(sign)) {
                operands.add(operand());
            }
            List<Condition> conditions = new ArrayList<>();
            if (take(" if ")) {
                do {
                    conditions.add(condition());
                } while (take(AND));
            }
            return new Choice(joining, List.copyOf(operands), List.copyOf(conditions));
        }

        private Operand operand() {
            if (startsWith("'")) {
                int end = text.indexOf('\'', position + 1);
                if (end < 0) {
                    throw new IllegalArgumentException("the quote of a constant is not closed");
                }
                String constant = text.substring(position + 1, end);
                position = end + 1;
                return new Constant(constant);
            }
            return reference(untilEnd());
        }

        private Condition condition() {
            String written = untilEnd();
            int equals = -1;
            int depth = 0;
            for (int index = 0; index < written.length(); index++) {
                char character = written.charAt(index);
                depth += character == '[' ? 1 : character == ']' ? -1 : 0;
                if (character == '=' && depth == 0 && equals < 0) {
                    equals = index;
                }
            }
            if (equals < 1 || equals + 1 == written.length()) {
                throw new IllegalArgumentException("after \"if\" stands a place, = and a word, such as /type=output");
            }
            return new Condition(
                    reference(written.substring(0, equals)),
                    List.of(written.substring(equals + 1).split(",", -1)));
        }

        private String untilEnd() {
            int start = position;
            int depth = 0;
            boolean named = BEGINNINGS.stream().noneMatch(this::startsWith);
            while (position < text.length()) {
                char character = text.charAt(position);
                depth += character == '[' ? 1 : character == ']' ? -1 : 0;
                if (character == ' ' && depth <= 0 && isEnd(named)) {
                    break;
                }
                position++;
            }
            return text.substring(start, position);
        }

        // A column's name may hold a sign, so there it ends only where a place that is no name follows. So may any word
        // hold an "and".
        private boolean isEnd(boolean named) {
            if (startsWith(AND) && isBeginning(position + AND.length())) {
                return true;
            }
            for (String end : ENDS) {
                if (startsWith(end) && (!named || isBeginning(position + end.length()))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isBeginning(int index) {
            return BEGINNINGS.stream().anyMatch(beginning -> text.startsWith(beginning, index));
        }

        private boolean take(String sign) {
            if (startsWith(sign)) {
                position += sign.length();
                return true;
            }
            return false;
        }

        private boolean startsWith(String sign) {
            return text.startsWith(sign, position);
        }

        private static Reference reference(String written) {
            if (written.isEmpty() || written.equals("/")) {
                throw new IllegalArgumentException("a place is missing");
            }
            int up = 0;
            String pointer = written;
            while (pointer.startsWith("../")) {
                pointer = pointer.substring(3);
                up++;
            }
            if (up == 0 && pointer.charAt(0) != '/') {
                return new Reference(0, true, List.of(new Name(written)));
            }
            return new Reference(up, false, tokens(up == 0 ? pointer.substring(1) : pointer));
        }

        // Slashes inside brackets belong to the value that an entry is chosen by.
        private static List<Token> tokens(String pointer) {
            List<Token> tokens = new ArrayList<>();
            int start = 0;
            int depth = 0;
            for (int index = 0; index <= pointer.length(); index++) {
                char character = index == pointer.length() ? '/' : pointer.charAt(index);
                depth += character == '[' ? 1 : character == ']' ? -1 : 0;
                if (index == pointer.length() || (character == '/' && depth <= 0)) {
                    tokens.add(token(pointer.substring(start, index)));
                    start = index + 1;
                }
            }
            return List.copyOf(tokens);
        }

        private static Token token(String written) {
            int equals = written.indexOf('=');
            if (written.startsWith("[") && written.endsWith("]") && equals > 1) {
                return new Selection(written.substring(1, equals), written.substring(equals + 1, written.length() - 1));
            }
            for (int index = written.indexOf('~'); index >= 0; index = written.indexOf('~', index + 1)) {
                if (index + 1 == written.length() || "01".indexOf(written.charAt(index + 1)) < 0) {
                    throw new IllegalArgumentException("in a pointer ~ is written ~0 and / is written ~1");
                }
            }
            return new Name(written.replace("~1", "/").replace("~0", "~"));
        }
    }
}
