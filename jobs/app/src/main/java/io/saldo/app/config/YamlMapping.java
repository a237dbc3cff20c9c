package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Keys and values of a YAML file, or of a part of it. Whatever is wrong with them stops everything. */
final class YamlMapping extends Fields {
    private static final Set<String> NOTHING = Set.of("~", "null", "Null", "NULL");

    private final String file;
    private final String path;
    private final Findings findings;
    private final Place start;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();

    /**
     * Those keys and values.
     *
     * @param path the keys that lead here, for messages; empty for the whole file
     * @param node null for an empty file or part
     * @param start where what is missing is told
     */
    YamlMapping(String file, String path, @Nullable MappingNode node, Place start, Findings findings) {
        this.file = file;
        this.path = path;
        this.start = start;
        this.findings = findings;
        if (node != null) {
            for (NodeTuple tuple : node.getValue()) {
                Place place = YamlReader.placeOf(file, tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    refuse(ProblemCode.UNKNOWN_KEY, place, "a key must be a word");
                } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                    refuse(
                            ProblemCode.DUPLICATE_ROW,
                            place,
                            quoted(key.getValue()) + " is set a second time; the first is on line "
                                    + placeOf(key.getValue()).line());
                } else {
                    keys.put(key.getValue(), place);
                }
            }
        }
    }

    /** Takes the values of those keys that are not set here, or to nothing; {@link #keys} stay as they are. */
    void useDefaults(YamlMapping defaults, Collection<String> names) {
        for (String name : names) {
            Node value = defaults.values.get(name);
            Node own = values.get(name);
            if (value != null && (own == null || isNothing(own))) {
                values.put(name, value);
            }
        }
    }

    /** The keys, in order. */
    Set<String> keys() {
        return keys.keySet();
    }

    /** Whether the key is there and has a value, be it an empty text between quotes. */
    boolean isGiven(String name) {
        Node node = values.get(name);
        return node != null && !(isNothing(node) && node instanceof ScalarNode scalar && scalar.isPlain());
    }

    /** Tells every key that is not one of these. */
    void allowOnly(Collection<String> known) {
        keys.forEach((key, place) -> {
            if (!known.contains(key)) {
                refuse(
                        ProblemCode.UNKNOWN_KEY,
                        place,
                        quoted(key) + " is no key of " + title() + Suggestion.among(key, known));
            }
        });
    }

    @Override
    String text(String name) {
        Node node = values.get(name);
        return node instanceof ScalarNode scalar && !isNothing(node) ? scalar.getValue() : "";
    }

    /** Tells which of these keys hold more than a single value. */
    YamlMapping scalars(Collection<String> names) {
        for (String name : names) {
            Node node = values.get(name);
            if (node != null && !(node instanceof ScalarNode)) {
                refuse(ProblemCode.BAD_VALUE, YamlReader.placeOf(file, node), name + " must be a single value");
            }
        }
        return this;
    }

    /** The part below a key; an empty one where it is not set. */
    YamlMapping mapping(String name) {
        Node node = values.get(name);
        MappingNode part = node instanceof MappingNode mapping ? mapping : null;
        if (node != null && part == null && !isNothing(node)) {
            refuse(ProblemCode.BAD_VALUE, YamlReader.placeOf(file, node), name + " must have keys of its own below it");
        }
        Place place = node == null ? start : keys.getOrDefault(name, start);
        return new YamlMapping(file, below(name), part, place, findings);
    }

    /** The mappings listed under a key. */
    List<YamlMapping> mappings(String name) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node node : list(name)) {
            if (node instanceof MappingNode mapping) {
                mappings.add(new YamlMapping(file, below(name), mapping, YamlReader.placeOf(file, mapping), findings));
            } else {
                refuse(ProblemCode.BAD_VALUE, YamlReader.placeOf(file, node), name + " must list keys and values");
            }
        }
        return mappings;
    }

    /** The texts listed under a key. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Node node : list(name)) {
            if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
                texts.add(scalar.getValue());
            } else {
                refuse(ProblemCode.BAD_VALUE, YamlReader.placeOf(file, node), name + " must list single values");
            }
        }
        return texts;
    }

    @Override
    Place placeOf(String name) {
        Node node = values.get(name);
        if (node instanceof ScalarNode) {
            return YamlReader.placeOf(file, node);
        }
        return keys.getOrDefault(name, start);
    }

    /** Where the key is, or would be. */
    Place keyPlace(String name) {
        return keys.getOrDefault(name, start);
    }

    @Override
    void missing(String name) {
        refuse(ProblemCode.KEY_MISSING, placeOf(name), title() + " has no " + name);
    }

    /** What this is called in messages. */
    String title() {
        return path.isEmpty() ? file : path;
    }

    @Override
    void tell(ProblemCode code, Place place, String what) {
        findings.add(code, place, what, Subject.EVERYBODY);
    }

    private List<Node> list(String name) {
        Node node = values.get(name);
        if (node == null || isNothing(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        refuse(ProblemCode.BAD_VALUE, YamlReader.placeOf(file, node), name + " must be a list, such as [a, b]");
        return List.of();
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A key without a value, or with YAML's words for none. */
    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getValue().isEmpty() || (scalar.isPlain() && NOTHING.contains(scalar.getValue())));
    }
}
