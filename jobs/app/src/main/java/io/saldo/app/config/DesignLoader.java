package io.saldo.app.config;

import io.saldo.documents.design.Colour;
import io.saldo.documents.design.Design;
import io.saldo.documents.design.Logo;
import io.saldo.documents.invoice.InvoiceTexts;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code documents/}: how what customers receive looks. */
public final class DesignLoader {
    /** Where in the configuration a design lies. */
    public static final String FOLDER = "documents/";

    static final String FILE = FOLDER + "design.yml";
    static final String PICTURE_ENDING = ".png";
    static final String TEMPLATE_ENDING = ".jrxml";

    private static final Pattern PICTURE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\\.png");

    private final ConfigurationSnapshot snapshot;
    private final Findings findings;

    private DesignLoader(ConfigurationSnapshot snapshot, Findings findings) {
        this.snapshot = snapshot;
        this.findings = findings;
    }

    /** The design of a snapshot that a run has fixed; what this program does not know any more is left out. */
    public static Design of(ConfigurationSnapshot fixed) {
        return read(fixed, new Findings());
    }

    /** Without whatever is wrong, which is told. */
    static Design read(ConfigurationSnapshot snapshot, Findings findings) {
        return new DesignLoader(snapshot, findings).read();
    }

    /** Whether a file belongs to a design. */
    static boolean isPart(String file) {
        return file.equals(FILE) || (file.startsWith(FOLDER) && file.endsWith(PICTURE_ENDING));
    }

    private Design read() {
        YamlMapping file =
                snapshot.files().contains(FILE) ? new YamlReader(FILE, findings).read(snapshot.content(FILE)) : null;
        if (file == null) {
            tellUnused("");
            return Design.STANDARD;
        }
        file.scalars(List.of("logo")).allowOnly(ConfigurationKeys.DESIGN);
        if (file.keys().contains("logo")) {
            requireValue(file, "logo");
        }
        tellUnused(file.text("logo"));
        return new Design(logo(file), colours(file.mapping("colours")), texts(file.mapping("texts")));
    }

    /** A picture that lies here and is not used is usually one whose name is mistyped. */
    private void tellUnused(String logo) {
        for (String file : snapshot.files()) {
            if (file.startsWith(FOLDER) && file.endsWith(PICTURE_ENDING) && !file.equals(FOLDER + logo)) {
                findings.add(
                        ProblemCode.UNKNOWN_REFERENCE,
                        Place.file(file),
                        "no logo of " + FILE + " names this picture",
                        Subject.EVERYBODY);
            }
        }
    }

    private @Nullable Logo logo(YamlMapping file) {
        if (!file.isSet("logo")) {
            return null;
        }
        String name = file.text("logo");
        String path = FOLDER + name;
        if (!PICTURE_NAME.matcher(name).matches()) {
            file.refuse("logo", "it must be the name of a PNG that lies in " + FOLDER + ", such as logo.png");
            return null;
        }
        if (!snapshot.files().contains(path)) {
            file.refuse(ProblemCode.UNKNOWN_REFERENCE, file.placeOf("logo"), "there is no file " + path);
            return null;
        }
        try {
            return Logo.of(snapshot.content(path));
        } catch (IOException unusable) {
            findings.add(
                    ProblemCode.FILE_UNREADABLE,
                    Place.file(path),
                    String.valueOf(unusable.getMessage()),
                    Subject.EVERYBODY);
            return null;
        }
    }

    private static Map<Colour, Integer> colours(YamlMapping part) {
        List<String> words = Arrays.stream(Colour.values()).map(Colour::word).toList();
        part.scalars(words).allowOnly(words);
        Map<Colour, Integer> colours = new EnumMap<>(Colour.class);
        for (Colour colour : Colour.values()) {
            String word = colour.word();
            if (part.keys().contains(word) && requireValue(part, word)) {
                String fault = colour.fault(part.text(word));
                if (fault.isEmpty()) {
                    colours.put(colour, Colour.value(part.text(word)));
                } else {
                    part.refuse(word, fault);
                }
            }
        }
        return colours;
    }

    private static Map<String, Map<String, String>> texts(YamlMapping part) {
        part.allowOnly(InvoiceTexts.LANGUAGES);
        SortedSet<String> known = InvoiceTexts.keys();
        Map<String, Map<String, String>> texts = new TreeMap<>();
        for (String language : InvoiceTexts.LANGUAGES) {
            YamlMapping replaced = part.mapping(language).scalars(known);
            replaced.allowOnly(known);
            Map<String, String> byKey = new TreeMap<>();
            for (String key : replaced.keys()) {
                if (!known.contains(key) || !requireValue(replaced, key)) {
                    continue;
                }
                String fault = InvoiceTexts.fault(language, key, replaced.text(key));
                if (fault.isEmpty()) {
                    byKey.put(key, replaced.text(key));
                } else {
                    replaced.refuse(key, fault);
                }
            }
            texts.put(language, byKey);
        }
        return texts;
    }

    /** A key without value would change nothing, and nobody would know why. */
    private static boolean requireValue(YamlMapping part, String key) {
        if (!part.isSet(key) && !part.isBad()) {
            part.refuse(
                    key,
                    "nothing is set here: put the value into quotes, because # begins a comment, or leave out the key");
        }
        return part.isSet(key);
    }
}
