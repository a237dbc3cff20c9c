package io.saldo.lake;

import java.util.List;

/** Raw logs of the profile {@code saldo}. */
final class Logs {
    static final String HEADER =
            "event_id,occurred_at,account_id,project_id,api_key_id,provider,model,service_tier,status,input_tokens,"
                    + "cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,audio_input_tokens,"
                    + "audio_output_tokens,units,requests";
    private static final List<String> COLUMNS = List.of(HEADER.split(","));

    private Logs() {}

    /** A good record; each change is {@code column=value}. */
    static String row(String... changes) {
        String[] fields = {
            "e1",
            "2026-10-05T10:00:00Z",
            "acme",
            "",
            "",
            "openai",
            "gpt-4.1",
            "",
            "ok",
            "100",
            "20",
            "",
            "30",
            "5",
            "",
            "",
            "",
            ""
        };
        for (String change : changes) {
            int equals = change.indexOf('=');
            fields[COLUMNS.indexOf(change.substring(0, equals))] = change.substring(equals + 1);
        }
        return String.join(",", fields);
    }

    static String csv(String... rows) {
        return HEADER + "\n" + String.join("\n", rows) + "\n";
    }

    /** The same record as a JSON object; quantities as numbers. */
    static String json(String row) {
        String[] fields = row.split(",", -1);
        StringBuilder json = new StringBuilder("{");
        for (int field = 0; field < fields.length; field++) {
            if (!fields[field].isEmpty()) {
                boolean quantity = field >= COLUMNS.indexOf("input_tokens");
                json.append(json.length() > 1 ? "," : "")
                        .append('"')
                        .append(COLUMNS.get(field))
                        .append("\":")
                        .append(quantity ? fields[field] : "\"" + fields[field] + "\"");
            }
        }
        return json.append('}').toString();
    }
}
