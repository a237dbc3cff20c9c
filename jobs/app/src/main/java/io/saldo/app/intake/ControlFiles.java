package io.saldo.app.intake;

import io.saldo.app.store.ControlFigures;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore.Refusal;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads control files, and compares deliveries with them. */
final class ControlFiles {
    /** A control file has four short fields; a longer one is none. */
    private static final int BYTES_MAX = 1 << 14;

    private static final int DIGITS_MAX = 38;
    private static final String SHA256 = "sha256";
    private static final List<String> COUNTS = List.of("records", "input_tokens", "output_tokens");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private ControlFiles() {}

    /** What a control file says; what is wrong with it is said in the figures too. */
    static ControlFigures read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length > BYTES_MAX) {
            return ControlFigures.unusable("it is longer than " + BYTES_MAX + " bytes");
        }
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            return ControlFigures.unusable("it is not valid JSON");
        }
        if (root == null || !root.isObject()) {
            return ControlFigures.unusable("it is not a JSON object");
        }
        return figures(root);
    }

    private static ControlFigures figures(JsonNode root) {
        List<String> wrong = new ArrayList<>();
        Map<String, BigInteger> counts = new TreeMap<>();
        String sha256 = null;
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.equals(SHA256)) {
                sha256 = value.isString() && HASH.matcher(value.asString()).matches()
                        ? value.asString().toLowerCase(Locale.ROOT)
                        : null;
                if (sha256 == null) {
                    wrong.add("sha256 is not a text of 64 hexadecimal digits");
                }
            } else if (!COUNTS.contains(name)) {
                wrong.add("\"" + name + "\" is no field of a control file");
            } else if (!value.isIntegralNumber()
                    || value.bigIntegerValue().signum() < 0
                    || value.bigIntegerValue().toString().length() > DIGITS_MAX) {
                wrong.add(name + " is not a whole number from 0 on");
            } else {
                counts.put(name, value.bigIntegerValue());
            }
        }
        if (wrong.isEmpty() && counts.isEmpty() && sha256 == null) {
            wrong.add("it names nothing to compare");
        }
        if (!wrong.isEmpty()) {
            return ControlFigures.unusable(
                    String.join("; ", wrong) + ". Its fields are records, sha256, input_tokens and output_tokens");
        }
        return new ControlFigures(
                counts.get("records"), sha256, counts.get("input_tokens"), counts.get("output_tokens"), "");
    }

    /** What is known against a delivery before one of its records is read. */
    static Optional<Refusal> refusalOfFile(ControlFigures expected, String contentSha256) {
        if (!expected.problem().isEmpty()) {
            return Optional.of(
                    Refusal.of(ProblemCode.CONTROL_FILE, "the control file cannot be used: " + expected.problem()));
        }
        if (expected.contentSha256() != null && !expected.contentSha256().equals(contentSha256)) {
            return Optional.of(Refusal.of(
                    ProblemCode.CONTROL_FILE,
                    "the control file names sha256 " + expected.contentSha256() + ", the file has " + contentSha256));
        }
        return Optional.empty();
    }

    /** What the records of a delivery say against it: everything that differs, and the figures of the first. */
    static Optional<Refusal> refusalOfRecords(ControlFigures expected, DeliveryCounts actual) {
        List<String> differences = new ArrayList<>();
        List<BigInteger> first = new ArrayList<>();
        compare("records", expected.records(), BigInteger.valueOf(actual.records()), differences, first);
        compare("input_tokens", expected.inputTokens(), actual.inputTokens(), differences, first);
        compare("output_tokens", expected.outputTokens(), actual.outputTokens(), differences, first);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ProblemCode.CONTROL_FILE.id(),
                        "the control file names " + String.join("; ", differences),
                        first.get(0),
                        first.get(1)));
    }

    private static void compare(
            String what,
            @Nullable BigInteger expected,
            BigInteger actual,
            List<String> differences,
            List<BigInteger> first) {
        if (expected != null && !expected.equals(actual)) {
            differences.add(expected + " " + what + ", the file has " + actual);
            first.add(expected);
            first.add(actual);
        }
    }
}
