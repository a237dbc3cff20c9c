package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The percentiles 0 to 100 of the traces' token counts, by nearest rank: the table the load generator draws from. */
final class TokenQuantiles {

    /** Columns of the table: three services, each with the tokens that go in and those that come out. */
    static final List<String> COLUMNS = List.of(
            "code_input", "code_output", "conversation_input", "conversation_output", "rag_input", "rag_output");

    private static final String RESOURCE = "token-quantiles.csv";

    private TokenQuantiles() {}

    /** Arguments: the {@code traces} folder and the file to write, which is the resource of this package. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[1]), fromTraces(Path.of(arguments[0])));
    }

    /** The committed table, a row of 101 counts per column. */
    static int[][] load() {
        int[][] quantiles = new int[COLUMNS.size()][101];
        List<CsvText.Line> lines = CsvText.lines(Resources.bytes(RESOURCE));
        for (int percent = 0; percent <= 100; percent++) {
            List<String> fields = lines.get(percent + 1).fields();
            for (int index = 0; index < quantiles.length; index++) {
                quantiles[index][percent] = Integer.parseInt(fields.get(index + 1));
            }
        }
        return quantiles;
    }

    /** The table as the traces make it. */
    static String fromTraces(Path traces) {
        Map<String, int[]> sorted = new LinkedHashMap<>();
        for (String trace : List.of("code", "conv")) {
            List<Map<String, String>> rows =
                    CsvText.table(traces.resolve("azure-llm/AzureLLMInferenceTrace_" + trace + ".csv"));
            String name = trace.equals("conv") ? "conversation" : trace;
            sorted.put(name + "_input", sorted(rows, "ContextTokens"));
            sorted.put(name + "_output", sorted(rows, "GeneratedTokens"));
        }
        List<JsonNode> requests = new ArrayList<>();
        JsonMapper json = JsonMapper.builder().build();
        String log = new String(CsvText.bytes(traces.resolve("ragpulse/0_trace.jsonl")), StandardCharsets.UTF_8);
        for (String line : log.split("\n")) {
            if (!line.isBlank()) {
                requests.add(json.readTree(line));
            }
        }
        for (String side : List.of("input", "output")) {
            int[] counts = requests.stream()
                    .mapToInt(request -> request.get(side + "_length").intValue())
                    .sorted()
                    .toArray();
            sorted.put("rag_" + side, counts);
        }
        StringBuilder text =
                new StringBuilder("percent,").append(String.join(",", COLUMNS)).append('\n');
        for (int percent = 0; percent <= 100; percent++) {
            text.append(percent);
            for (String column : COLUMNS) {
                int[] counts = sorted.getOrDefault(column, new int[1]);
                text.append(',').append(counts[(counts.length - 1) * percent / 100]);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static int[] sorted(List<Map<String, String>> rows, String name) {
        int[] counts = rows.stream()
                .mapToInt(row -> Integer.parseInt(column(row, name)))
                .toArray();
        Arrays.sort(counts);
        return counts;
    }
}
