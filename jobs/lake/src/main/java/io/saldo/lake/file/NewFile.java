package io.saldo.lake.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, hashed on the way; it takes its name at {@link #commit}, or nothing of it remains.
 *
 * <p>The same path may be written again: the rename replaces the whole file or leaves it.
 */
public final class NewFile extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final String path;
    private final Path unfinished;
    private final FileChannel channel;
    private final @Nullable MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long flushed;
    private boolean open = true;

    private NewFile(Path folder, String path, @Nullable MessageDigest digest) throws IOException {
        this.folder = folder;
        this.path = path;
        this.digest = digest;
        Path target = folder.resolve(path);
        Path parent = target.getParent();
        // A link to a folder is one too, which createDirectories refuses before Java 20.
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        unfinished = target.resolveSibling(target.getFileName() + StoredFile.UNFINISHED);
        channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** Begins {@code folder/path}; folders that are missing are made. */
    public static NewFile at(Path folder, String path) throws IOException {
        return new NewFile(folder, path, sha256Digest());
    }

    /** Begins a file of the night's work that proves itself in another way than by its hash. */
    public static NewFile withoutHash(Path folder, String path) throws IOException {
        return new NewFile(folder, path, null);
    }

    /** The hash of a whole file, in hexadecimal. */
    public static String sha256(Path file) throws IOException {
        MessageDigest hash = sha256Digest();
        try (FileChannel input = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BUFFER_BYTES);
            while (input.read(block) >= 0) {
                block.flip();
                hash.update(block);
                block.clear();
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** How many bytes were written so far. */
    public long position() {
        return flushed + buffered;
    }

    @Override
    public void write(int value) throws IOException {
        if (buffered == BUFFER_BYTES) {
            drain();
        }
        buffer[buffered++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > BUFFER_BYTES - buffered) {
            drain();
            if (length >= BUFFER_BYTES) {
                send(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
    }

    /** Forces the content to the disk and gives the file its name. */
    public StoredFile commit() throws IOException {
        drain();
        channel.force(true);
        channel.close();
        open = false;
        Path target = folder.resolve(path);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(target.getParent());
        return new StoredFile(
                path, flushed, digest == null ? "" : HexFormat.of().formatHex(digest.digest()));
    }

    /** Gives the file up unless it was committed. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            channel.close();
            Files.deleteIfExists(unfinished);
        }
    }

    private void drain() throws IOException {
        int length = buffered;
        buffered = 0;
        if (length > 0) {
            send(buffer, 0, length);
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        if (digest != null) {
            digest.update(bytes, offset, length);
        }
        ByteBuffer block = ByteBuffer.wrap(bytes, offset, length);
        while (block.hasRemaining()) {
            channel.write(block);
        }
        flushed += length;
    }

    private static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException unsupported) {
            // Some systems do not open folders; there the rename itself is durable.
            return;
        }
    }

    /** A new SHA-256. */
    public static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
