package io.saldo.app.home;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that people see: complete or not there. */
public final class PublishedFile {
    private PublishedFile() {}

    /** What writes the bytes. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of them. */
        void write(OutputStream out) throws IOException;
    }

    /** Writes under a temporary name, forces it to disk, then gives it its name; a file of that name is replaced. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " has no folder");
        }
        Folder.create(folder);
        Path unfinished = folder.resolve("." + file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.write(out);
            out.flush();
            channel.force(true);
        } catch (UncheckedIOException cannotWrite) {
            throw cannotWrite.getCause();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
