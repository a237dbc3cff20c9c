package io.saldo.app.config;

import io.saldo.lake.source.Compression;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.SourceFormat;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a file of {@code sources/}. */
final class SourceLoader {
    static final String FOLDER = "sources/";
    static final String ENDING = ".yml";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String API_KEY = "api-key";
    private static final List<String> ACCOUNT_RULES = List.of("field", API_KEY);
    private static final String DAILY = "daily";
    private static final List<UsageColumn> NEVER_ABSENT =
            List.of(UsageColumn.EVENT_ID, UsageColumn.OCCURRED_AT, UsageColumn.MODEL);
    private static final String MAPPING = "mapping";
    private static final String CONTEXT_TIER = "context-tier";
    private static final String BILLING = "billing";
    private static final List<String> PURPOSES = List.of(BILLING, "comparison");

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
        source.scalars(ConfigurationKeys.anySource().stream()
                .filter(key -> !key.equals(MAPPING) && !key.equals("billable-statuses"))
                .toList());
        YamlMapping builtIn = profile == null ? null : builtIn(profile);
        if (builtIn != null) {
            source.useDefaults(
                    builtIn,
                    builtIn.keys().stream().filter(key -> !key.equals(MAPPING)).toList());
        }
        LogFormat format = format(source, profile);
        Compression compression = compression(source);
        String records = records(source, format);
        TimestampFormat.Form form = source.word(
                "timestamp",
                Arrays.asList(TimestampFormat.Form.values()),
                value -> word(value),
                TimestampFormat.Form.ISO);
        ZoneId zone = source.zone("zone");
        Map<String, String> mapping = profile == null || format == null
                ? new LinkedHashMap<>()
                : mapping(source, profile, builtIn, format, records);
        source.word("expected", List.of(DAILY), Function.identity());
        int grace = (int) source.whole("grace", 0, 366, 0);
        Source.ControlFile controlFile = source.word(
                "control-file",
                Arrays.asList(Source.ControlFile.values()),
                Source.ControlFile::word,
                Source.ControlFile.NONE);
        long contextTier = profile != null && profile.isUsage()
                ? source.whole(CONTEXT_TIER, 0, Product.MAX_CONTEXT_TIER, Product.UNDECLARED)
                : Product.UNDECLARED;
        SourceFormat usage = null;
        RecordLayout feed = null;
        if (profile != null && profile.isUsage()) {
            usage = usage(name, source, format, compression, records, form, zone, mapping);
        } else if (profile != null && format != null) {
            Map<String, String> places = new LinkedHashMap<>();
            for (String column : profile.feed().columns()) {
                places.put(column, mapping.getOrDefault(column, format.hasNamedColumns() ? column : "/" + column));
            }
            RecordLayout layout = source.isBad() ? null : RecordLayout.amounts(format, compression, records, places);
            feed = layout != null && profile.isPaypalReport() ? layout.ofPaypalReport() : layout;
        }
        if (source.isBad() || profile == null || format == null) {
            return null;
        }
        return new Source(
                name,
                profile,
                usage,
                feed,
                new TimestampFormat(form, zone),
                profile.isUsage() ? "" : source.id("provider"),
                source.word(
                        "amounts", Arrays.asList(Source.Amounts.values()), Source.Amounts::word, Source.Amounts.MAJOR),
                semantics(source),
                contextTier,
                source.isSet("expected"),
                grace,
                controlFile);
    }

    /**
     * Sources that share a namespace deliver the same events, which have one price whoever delivered them.
     *
     * @param other a source of the same namespace
     */
    static void checkContextTier(Source read, YamlMapping source, Source other) {
        if (read.contextTier() != other.contextTier()) {
            source.refuse(
                    ProblemCode.BAD_VALUE,
                    source.placeOf(CONTEXT_TIER),
                    "sources of one namespace must declare the same context-tier, and source " + other.name()
                            + (other.declaresContext() ? " declares " + other.contextTier() : " declares none"));
        }
    }

    /** What a source of the profile need not say; null where the profile brings nothing of its own. */
    static @Nullable YamlMapping builtIn(Source.Profile profile) {
        String file = "/profiles/" + profile.word() + ENDING;
        try (InputStream resource = SourceLoader.class.getResourceAsStream(file)) {
            if (resource == null) {
                return null;
            }
            return new YamlReader(file, new Findings()).read(resource.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Source.@Nullable Profile profile(YamlMapping source) {
        source.required("profile");
        return source.word("profile", Arrays.asList(Source.Profile.values()), Source.Profile::word);
    }

    private static @Nullable LogFormat format(YamlMapping source, Source.@Nullable Profile profile) {
        String word = source.required("format");
        if (word.isEmpty()) {
            return null;
        }
        List<LogFormat> formats = profile == null ? List.of(LogFormat.values()) : profile.formats();
        String content =
                word.substring(0, word.length() - compression(source).ending().length());
        for (LogFormat format : formats) {
            if (format.word().equals(content)) {
                return format;
            }
        }
        source.refuse(
                "format",
                (profile == null ? "it must be " : "with profile " + profile.word() + " it must be ")
                        + Fields.oneOf(formats.stream().map(LogFormat::word).toList())
                        + ", or one of them with .gz or .zst");
        return null;
    }

    private static Compression compression(YamlMapping source) {
        String word = source.text("format");
        for (Compression compression : Compression.values()) {
            if (compression != Compression.ANY && word.endsWith(compression.ending())) {
                return compression;
            }
        }
        return Compression.ANY;
    }

    private static String records(YamlMapping source, @Nullable LogFormat format) {
        if (!source.isSet("records")) {
            return "";
        }
        if (format != LogFormat.JSON) {
            if (format != null && source.keys().contains("records")) {
                source.refuse("records", "only a json source has records inside a document");
            }
            return "";
        }
        String records = source.text("records");
        Optional<String> problem = RecordLayout.problemOfRecords(records);
        problem.ifPresent(what -> source.refuse("records", what));
        return problem.isPresent() ? "" : records;
    }

    private static Map<String, String> mapping(
            YamlMapping source,
            Source.Profile profile,
            @Nullable YamlMapping builtIn,
            LogFormat format,
            String records) {
        YamlMapping mapping = source.mapping(MAPPING);
        Map<String, String> places = new LinkedHashMap<>();
        List<String> columns = ConfigurationKeys.mappable(profile);
        mapping.allowOnly(columns);
        mapping.scalars(columns);
        if (builtIn != null) {
            YamlMapping defaults = builtIn.mapping(MAPPING);
            defaults.keys().forEach(column -> places.put(column, defaults.text(column)));
            mapping.keys().stream().filter(mapping::isGiven).forEach(places::remove);
            if (!source.isBad()) {
                refuseUnreachable(source, places, format, records);
            }
        }
        for (String column : mapping.keys()) {
            if (!mapping.isGiven(column)) {
                continue;
            }
            String place = mapping.text(column);
            Optional<String> problem = RecordLayout.problemOf(place, format, records);
            problem.ifPresent(what -> mapping.refuse(column, what));
            if (problem.isEmpty()) {
                places.put(column, place);
            }
        }
        if (mapping.isBad()) {
            source.spoil();
        }
        return places;
    }

    /** Records elsewhere than the profile has them may leave what its mapping needs out of reach. */
    private static void refuseUnreachable(
            YamlMapping source, Map<String, String> places, LogFormat format, String records) {
        List<String> unreachable = new ArrayList<>();
        places.forEach((column, place) -> {
            if (RecordLayout.problemOf(place, format, records).isPresent()) {
                unreachable.add(column);
            }
        });
        if (!unreachable.isEmpty()) {
            source.refuse(
                    "records",
                    "from there the profile cannot reach " + String.join(", ", unreachable)
                            + "; map them, or leave records out");
        }
    }

    private static SourceFormat usage(
            String name,
            YamlMapping source,
            @Nullable LogFormat format,
            Compression compression,
            String records,
            TimestampFormat.Form form,
            @Nullable ZoneId zone,
            Map<String, String> mapping) {
        IdentityRule identity = source.word(
                "identity", Arrays.asList(IdentityRule.values()), IdentityRule::word, IdentityRule.EVENT_ID);
        TokenSemantics semantics = semantics(source);
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
        requireColumns(source, columns, identity, provider, byKey);
        return new SourceFormat(
                name,
                format == null ? LogFormat.CSV : format,
                columns,
                form,
                zone == null ? "" : zone.getId(),
                semantics,
                provider,
                byKey,
                identity,
                source.isSet("namespace") ? source.id("namespace") : name,
                new TreeSet<>(source.texts("billable-statuses")),
                compression,
                records,
                source.word("purpose", PURPOSES, Function.identity(), BILLING).equals(BILLING));
    }

    private static TokenSemantics semantics(YamlMapping source) {
        return source.word(
                "token-semantics",
                Arrays.asList(TokenSemantics.values()),
                value -> word(value),
                TokenSemantics.INCLUSIVE);
    }

    /** A mapping must not say that the log lacks what every record needs. */
    private static void requireColumns(
            YamlMapping source,
            Map<UsageColumn, String> columns,
            IdentityRule identity,
            String provider,
            boolean byKey) {
        for (UsageColumn column : NEVER_ABSENT) {
            if (isAbsent(columns, column) && (column != UsageColumn.EVENT_ID || identity == IdentityRule.EVENT_ID)) {
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
        source.refuse(ProblemCode.BAD_VALUE, source.keyPlace(MAPPING), what);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
