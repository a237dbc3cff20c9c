package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a YAML file as text: one document, no tags, no references, so that nothing in it can make an object or grow.
 */
final class YamlReader {
    private static final int CHARACTERS_MAX = 1 << 20;
    private static final int DEPTH_MAX = 10;

    private final String file;
    private final Findings findings;

    YamlReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The mapping that the file is; null where it is none, which is told. */
    @Nullable
    YamlMapping read(byte[] bytes) {
        if (bytes.length > CHARACTERS_MAX) {
            stop(Place.file(file), "the file is larger than 1 MiB");
            return null;
        }
        String text = FileText.decode(file, bytes, findings);
        if (text == null) {
            return null;
        }
        try {
            if (!isPlain(text)) {
                return null;
            }
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                return new YamlMapping(file, "", null, Place.file(file), findings);
            }
            if (root instanceof MappingNode mapping) {
                return new YamlMapping(file, "", mapping, Place.file(file), findings);
            }
            stop(placeOf(file, root), "the file must consist of keys and values");
        } catch (MarkedYAMLException malformed) {
            Mark mark = malformed.getProblemMark();
            String problem = malformed.getProblem();
            stop(
                    mark == null ? Place.file(file) : placeOf(file, mark),
                    "this is no YAML: " + (problem == null ? "it cannot be read" : oneLine(problem)));
        } catch (YAMLException malformed) {
            stop(Place.file(file), "this is no YAML: " + oneLine(String.valueOf(malformed.getMessage())));
        }
        return null;
    }

    static Place placeOf(String file, Node node) {
        return placeOf(file, node.getStartMark());
    }

    private static Place placeOf(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1L, mark.getColumn() + 1L);
    }

    /** Whether the file does without documents, tags and references. */
    private boolean isPlain(String text) {
        boolean plain = true;
        int documents = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            String fault = "";
            if (event instanceof DocumentStartEvent && ++documents == 2) {
                fault = "a second document begins here, where one is allowed";
            } else if (event instanceof AliasEvent) {
                fault = "a reference (*name) is not allowed: write the value again";
            } else if ((event instanceof ScalarEvent scalar && scalar.getTag() != null)
                    || (event instanceof CollectionStartEvent collection && collection.getTag() != null)) {
                fault = "a tag (!name) is not allowed: every value is text";
            }
            if (!fault.isEmpty()) {
                stop(placeOf(file, event.getStartMark()), fault);
                plain = false;
            }
        }
        return plain;
    }

    private void stop(Place place, String what) {
        findings.add(ProblemCode.FILE_UNREADABLE, place, what, Subject.EVERYBODY);
    }

    private static String oneLine(String message) {
        String line = message.lines().findFirst().orElse("").replaceFirst(" *\\(.*", "");
        return Fields.quoted(line).substring(1, Fields.quoted(line).length() - 1);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(0);
        return new Yaml(options);
    }
}
