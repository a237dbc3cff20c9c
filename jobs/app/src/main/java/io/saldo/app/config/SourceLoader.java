package io.saldo.app.config;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a file of {@code sources/}. */
final class SourceLoader {
    static final String FOLDER = "sources/";
    static final String ENDING = ".yml";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");
    private static final List<String> LATER_PROFILES = List.of(
            "litellm-spendlogs",
            "openai-usage",
            "openmeter-cloudevents",
            "opentelemetry-genai",
            "provider-usage",
            "provider-cost");
    private static final List<String> LATER_FORMATS = List.of(
            "json",
            "parquet",
            "csv.gz",
            "csv.zst",
            "jsonl.gz",
            "jsonl.zst",
            "json.gz",
            "json.zst",
            "parquet.gz",
            "parquet.zst");
    private static final List<String> LATER_IDENTITIES = List.of("content", "bucket");
    private static final String EVENT_ID = "event-id";
    private static final String API_KEY = "api-key";
    private static final List<String> ACCOUNT_RULES = List.of("field", API_KEY);
    private static final String DAILY = "daily";
    private static final List<UsageColumn> NEVER_ABSENT =
            List.of(UsageColumn.EVENT_ID, UsageColumn.OCCURRED_AT, UsageColumn.MODEL);

    private SourceLoader() {}

    /** The source's name by its file's. */
    static String name(String file) {
        return file.substring(FOLDER.length(), file.length() - ENDING.length());
    }

    /** Null where something is wrong. */
    static @Nullable Source read(String file, YamlMapping source) {
        String name = name(file);
        if (!NAME.matcher(name).matches()) {
            source.refuse(
                    ProblemCode.BAD_VALUE,
                    Place.file(file),
                    Fields.quoted(name) + " cannot name a source: use letters, digits, dots, - and _");
        }
        Source.Profile profile = profile(source);
        if (profile != null) {
            List<String> known = ConfigurationKeys.source(profile);
            List<String> misplaced = ConfigurationKeys.USAGE_SOURCE.stream()
                    .filter(key -> source.keys().contains(key) && !known.contains(key))
                    .toList();
            misplaced.forEach(key -> source.refuse(
                    ProblemCode.UNKNOWN_KEY,
                    source.keyPlace(key),
                    key + " is a key of usage sources; profile " + profile.word() + " has none"));
            List<String> allowed = new ArrayList<>(known);
            allowed.addAll(misplaced);
            source.allowOnly(allowed);
        } else {
            source.allowOnly(ConfigurationKeys.source(Source.Profile.SALDO));
        }
        source.scalars(ConfigurationKeys.source(Source.Profile.SALDO).stream()
                .filter(key -> !key.equals("mapping") && !key.equals("billable-statuses"))
                .toList());
        LogFormat format = format(source);
        TimestampFormat.Form form = source.word(
                "timestamp",
                Arrays.asList(TimestampFormat.Form.values()),
                value -> word(value),
                TimestampFormat.Form.ISO);
        ZoneId zone = source.zone("zone");
        Map<String, String> mapping = mapping(source, profile, format);
        source.word("expected", List.of(DAILY), Function.identity());
        int grace = (int) source.whole("grace", 0, 366, 0);
        Source.ControlFile controlFile = source.word(
                "control-file",
                Arrays.asList(Source.ControlFile.values()),
                Source.ControlFile::word,
                Source.ControlFile.NONE);
        SourceFormat usage = null;
        Map<String, String> feed = new LinkedHashMap<>();
        if (profile != null && profile.isUsage()) {
            usage = usage(name, source, format, form, zone, mapping);
        } else if (profile != null) {
            for (String column : profile.feedColumns()) {
                feed.put(column, mapping.getOrDefault(column, format == LogFormat.JSONL ? "/" + column : column));
            }
        }
        if (source.isBad() || profile == null || format == null) {
            return null;
        }
        return new Source(
                name,
                profile,
                format,
                usage,
                feed,
                new TimestampFormat(form, zone),
                source.isSet("expected"),
                grace,
                controlFile);
    }

    private static Source.@Nullable Profile profile(YamlMapping source) {
        String word = source.required("profile");
        List<Source.Profile> profiles = Arrays.asList(Source.Profile.values());
        if (LATER_PROFILES.contains(word)) {
            notAvailable(
                    source,
                    "profile",
                    profiles.stream().map(Source.Profile::word).toList());
            return null;
        }
        return source.word("profile", profiles, Source.Profile::word);
    }

    private static @Nullable LogFormat format(YamlMapping source) {
        String word = source.required("format");
        List<LogFormat> formats = Arrays.asList(LogFormat.values());
        if (LATER_FORMATS.contains(word)
                && formats.stream().map(LogFormat::word).noneMatch(word::equals)) {
            notAvailable(source, "format", formats.stream().map(LogFormat::word).toList());
            return null;
        }
        return source.word("format", formats, LogFormat::word);
    }

    private static Map<String, String> mapping(
            YamlMapping source, Source.@Nullable Profile profile, @Nullable LogFormat format) {
        YamlMapping mapping = source.mapping("mapping");
        Map<String, String> places = new LinkedHashMap<>();
        if (profile == null) {
            return places;
        }
        List<String> columns = ConfigurationKeys.mappable(profile);
        mapping.allowOnly(columns);
        mapping.scalars(columns);
        for (String column : mapping.keys()) {
            String place = mapping.text(column);
            places.put(column, place);
            if (format == LogFormat.JSONL
                    && !place.isEmpty()
                    && !POINTER.matcher(place).matches()) {
                mapping.refuse(column, "in a jsonl source it must be a JSON pointer, such as /usage/input");
            }
        }
        if (mapping.isBad()) {
            source.spoil();
        }
        return places;
    }

    private static SourceFormat usage(
            String name,
            YamlMapping source,
            @Nullable LogFormat format,
            TimestampFormat.Form form,
            @Nullable ZoneId zone,
            Map<String, String> mapping) {
        if (LATER_IDENTITIES.contains(source.text("identity"))) {
            notAvailable(source, "identity", List.of(EVENT_ID));
        } else {
            source.word("identity", List.of(EVENT_ID), Function.identity());
        }
        if (source.isSet("context-tier")) {
            source.refuse(
                    ProblemCode.NOT_AVAILABLE,
                    source.placeOf("context-tier"),
                    "context-tier is not available in this version; leave it out");
        }
        TokenSemantics semantics = source.word(
                "token-semantics",
                Arrays.asList(TokenSemantics.values()),
                value -> word(value),
                TokenSemantics.INCLUSIVE);
        boolean byKey = source.word("account", ACCOUNT_RULES, Function.identity(), "field")
                .equals(API_KEY);
        EnumMap<UsageColumn, String> columns = new EnumMap<>(UsageColumn.class);
        for (UsageColumn column : UsageColumn.all()) {
            String place = mapping.get(column.word());
            if (place != null) {
                columns.put(column, place);
            }
        }
        String provider = source.id("provider");
        requireColumns(source, columns, provider, byKey);
        return new SourceFormat(
                name,
                format == null ? LogFormat.CSV : format,
                columns,
                form,
                zone == null ? "" : zone.getId(),
                semantics,
                provider,
                byKey,
                IdentityRule.EVENT_ID,
                source.isSet("namespace") ? source.id("namespace") : name,
                new TreeSet<>(source.texts("billable-statuses")));
    }

    /** A mapping must not say that the log lacks what every record needs. */
    private static void requireColumns(
            YamlMapping source, Map<UsageColumn, String> columns, String provider, boolean byKey) {
        for (UsageColumn column : NEVER_ABSENT) {
            if (isAbsent(columns, column)) {
                lacks(source, column.word() + " is mapped to nothing, but every record needs one");
            }
        }
        if (isAbsent(columns, UsageColumn.PROVIDER) && provider.isEmpty()) {
            lacks(source, "provider is mapped to nothing, and the source names none for all records");
        }
        if (isAbsent(columns, UsageColumn.API_KEY_ID) && (byKey || isAbsent(columns, UsageColumn.ACCOUNT_ID))) {
            lacks(source, "nothing is left that could find a record's account");
        }
    }

    private static boolean isAbsent(Map<UsageColumn, String> columns, UsageColumn column) {
        String place = columns.get(column);
        return place != null && place.isEmpty();
    }

    private static void lacks(YamlMapping source, String what) {
        source.refuse(ProblemCode.BAD_VALUE, source.keyPlace("mapping"), what);
    }

    private static void notAvailable(YamlMapping source, String key, List<String> available) {
        source.refuse(
                ProblemCode.NOT_AVAILABLE,
                source.placeOf(key),
                key + " is " + Fields.quoted(source.text(key)) + ": this version knows " + Fields.oneOf(available));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
