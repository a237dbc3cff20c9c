package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.documents.csv.CsvText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What lies in the inbox: one folder for each source, one file for each delivery. */
public final class Inbox {
    private Inbox() {}

    /**
     * A file that waits.
     *
     * @param source its folder
     * @param path where it lies
     * @param bytes its length
     * @param sha256 of its bytes, in hexadecimal
     */
    public record File(String source, Path path, long bytes, String sha256) {
        /** As it is called in the inbox. */
        public String name() {
            return String.valueOf(path.getFileName());
        }
    }

    /** Files of the known sources by source, then file name; hidden files and those being copied are left alone. */
    public static List<File> list(Home home, Map<String, Source> sources) throws IOException {
        List<File> files = new ArrayList<>();
        for (String source : sources.keySet()) {
            Path folder = home.inbox().resolve(source);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path path : entries.filter(Inbox::isDelivery).toList()) {
                    files.add(new File(source, path, Files.size(path), sha256(path)));
                }
            }
        }
        files.sort(Comparator.comparing(File::source, CsvText.BYTE_ORDER)
                .thenComparing(File::name, CsvText.BYTE_ORDER));
        return files;
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
                    .sorted(CsvText.BYTE_ORDER)
                    .toList();
        }
    }

    private static boolean isDelivery(Path path) {
        String name = String.valueOf(path.getFileName());
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && !name.startsWith(".")
                && !name.endsWith(".part")
                && !name.endsWith(".tmp");
    }

    /** The SHA-256 of a file, in hexadecimal. */
    public static String sha256(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException cannotRead) {
            throw new UncheckedIOException(cannotRead);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
