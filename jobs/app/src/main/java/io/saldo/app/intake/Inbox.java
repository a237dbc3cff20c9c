package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.store.ControlFigures;
import io.saldo.lake.file.NewFile;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the inbox: one folder for each source, one file for each delivery, and its control file beside it.
 *
 * @param entries what is complete, by source, then file name
 * @param waiting what is still being written, by source, then file name
 */
public record Inbox(List<Entry> entries, List<Waiting> waiting) {
    /** What follows a delivery's name in the name of its control file. */
    public static final String CONTROL_ENDING = ".control.json";

    private static final List<String> UNFINISHED_ENDINGS = List.of(".part", ".tmp", ".filepart", ".crdownload");
    private static final Comparator<Entry> ENTRY_ORDER =
            Comparator.comparing(Entry::source, TextOrder.UTF_8).thenComparing(Entry::name, TextOrder.UTF_8);

    /** Keeps copies that nobody can change. */
    public Inbox {
        entries = List.copyOf(entries);
        waiting = List.copyOf(waiting);
    }

    /**
     * A delivery, its control file, or both.
     *
     * @param source the folder
     * @param name of the delivery, there or not
     * @param file null where only its control file is there
     * @param control null where there is none, or the source has none
     */
    public record Entry(
            String source,
            String name,
            @Nullable File file,
            @Nullable Control control) {}

    /**
     * A file.
     *
     * @param bytes its length
     * @param sha256 of its bytes, in hexadecimal
     */
    public record File(long bytes, String sha256) {}

    /**
     * A control file.
     *
     * @param sha256 of its own bytes, in hexadecimal
     * @param figures what it says
     */
    public record Control(String sha256, ControlFigures figures) {}

    /** A file that is not taken yet, and why. */
    public record Waiting(String source, String name, String reason) {}

    /** Reads a file; a test puts something else between the two looks at it. */
    @FunctionalInterface
    interface Reading {
        String sha256(Path path) throws IOException;
    }

    /** Size and time of the last change: a file that is still being written has others a moment later. */
    private record Look(long bytes, FileTime modified) {
        private static @Nullable Look at(Path path) throws IOException {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                return new Look(attributes.size(), attributes.lastModifiedTime());
            } catch (NoSuchFileException gone) {
                return null;
            }
        }
    }

    /**
     * Looks at the folders of the known sources.
     *
     * <p>A hidden file is none of ours. A file that has another size or another time of change after all were read than
     * before is still being written. One that is written so slowly that neither changes is told by its name, or by its
     * control file that is missing; or it changes before it is archived, which is seen then.
     */
    public static Inbox look(Home home, Map<String, Source> sources) throws IOException {
        return look(home, sources, Instant.MAX);
    }

    /**
     * The same as it was at an instant, as far as the times of files tell it: those that were written then or later wait.
     */
    public static Inbox look(Home home, Map<String, Source> sources, Instant before) throws IOException {
        return look(home, sources, before, NewFile::sha256);
    }

    static Inbox look(Home home, Map<String, Source> sources, Reading reading) throws IOException {
        return look(home, sources, Instant.MAX, reading);
    }

    private static Inbox look(Home home, Map<String, Source> sources, Instant before, Reading reading)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        for (Source source : sources.values()) {
            Path folder = home.inbox().resolve(source.name());
            if (Files.isDirectory(folder)) {
                look(source, folder, before, reading, entries, waiting);
            }
        }
        entries.sort(ENTRY_ORDER);
        waiting.sort(
                Comparator.comparing(Waiting::source, TextOrder.UTF_8).thenComparing(Waiting::name, TextOrder.UTF_8));
        return new Inbox(entries, waiting);
    }

    private static void look(
            Source source, Path folder, Instant before, Reading reading, List<Entry> entries, List<Waiting> waiting)
            throws IOException {
        SortedMap<String, Look> first = new TreeMap<>(TextOrder.UTF_8);
        // Of several reasons why a name waits, the first.
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Path path : plainFiles(folder)) {
            String name = String.valueOf(path.getFileName());
            Look look = Look.at(path);
            if (!isNamedByText(folder, path)) {
                reasons.putIfAbsent(name, "its name is not text in this locale: rename it");
            } else if (UNFINISHED_ENDINGS.stream().anyMatch(name::endsWith)) {
                reasons.putIfAbsent(name, "its name says that it is still being written");
            } else if (look != null && !look.modified().toInstant().isBefore(before)) {
                reasons.putIfAbsent(name, "it came after the time of this night, and later ones are due");
            } else if (look != null) {
                first.put(name, look);
            }
        }
        Map<String, File> files = new HashMap<>();
        Map<String, Control> controls = new HashMap<>();
        for (Map.Entry<String, Look> each : first.entrySet()) {
            String name = each.getKey();
            Path path = folder.resolve(name);
            try {
                if (isControl(source, name)) {
                    controls.put(deliveryName(name), new Control(reading.sha256(path), ControlFiles.read(path)));
                } else {
                    files.put(name, new File(each.getValue().bytes(), reading.sha256(path)));
                }
            } catch (IOException cannotRead) {
                if (!(cannotRead instanceof NoSuchFileException)) {
                    reasons.putIfAbsent(name, "it cannot be read: " + cannotRead);
                }
            }
        }
        for (String name : first.keySet()) {
            Look second = Look.at(folder.resolve(name));
            boolean isControl = isControl(source, name);
            if (second == null || !second.equals(first.get(name))) {
                String delivery = isControl ? deliveryName(name) : name;
                files.remove(delivery);
                controls.remove(delivery);
                if (second != null) {
                    reasons.putIfAbsent(name, "it changed while it was looked at");
                }
            }
        }
        reasons.forEach((name, reason) -> waiting.add(new Waiting(source.name(), name, reason)));
        for (String name : first.keySet()) {
            if (files.containsKey(name)) {
                entries.add(new Entry(source.name(), name, files.get(name), controls.get(name)));
            } else if (isControl(source, name)
                    && controls.containsKey(deliveryName(name))
                    && !files.containsKey(deliveryName(name))) {
                String delivery = deliveryName(name);
                entries.add(new Entry(source.name(), delivery, null, controls.get(delivery)));
            }
        }
    }

    /** A name is bytes to the system. Where they are no text, the text that Java shows leads to no file. */
    private static boolean isNamedByText(Path folder, Path path) {
        try {
            return folder.resolve(path.getFileName().toString()).equals(path);
        } catch (InvalidPathException noText) {
            return false;
        }
    }

    private static boolean isControl(Source source, String name) {
        return source.controlFile() != Source.ControlFile.NONE && name.endsWith(CONTROL_ENDING);
    }

    /** The name of the delivery of a control file. */
    private static String deliveryName(String controlName) {
        return controlName.substring(0, controlName.length() - CONTROL_ENDING.length());
    }

    private static List<Path> plainFiles(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                            && !String.valueOf(path.getFileName()).startsWith("."))
                    .toList();
        }
    }

    /** Inbox folders that no source file describes. */
    public static List<String> unknownFolders(Home home, Map<String, Source> sources) throws IOException {
        if (!Files.isDirectory(home.inbox())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(home.inbox())) {
            return entries.filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.startsWith(".") && !sources.containsKey(name))
                    .sorted(TextOrder.UTF_8)
                    .toList();
        }
    }
}
