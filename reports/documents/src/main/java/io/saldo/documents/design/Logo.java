package io.saldo.documents.design;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG that can lie in every document.
 *
 * <p>Only what makes its pixels is kept: a colour profile, a gamma, a date or a text inside it would go into every PDF, and
 * PDF/A allows few of them. Its colours are taken as sRGB, which is the profile of the documents. Immutable.
 */
public final class Logo {
    /** The largest file: it lies in every document. */
    public static final int BYTES_MAX = 256 * 1024;

    private static final int WIDTH_MAX = 2000;
    private static final int HEIGHT_MAX = 1000;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final String HEADER = "IHDR";
    private static final String END = "IEND";
    private static final Set<String> PIXELS = Set.of(HEADER, "PLTE", "tRNS", "IDAT", END);
    private static final int TYPE_BYTES = 4;
    private static final int CHUNK_BYTES = 12;

    private final byte[] png;

    private Logo(byte[] png) {
        this.png = png;
    }

    /**
     * The picture, decoded once to see that it can be.
     *
     * @throws IOException says what is wrong with it
     */
    public static Logo of(byte[] file) throws IOException {
        if (file.length > BYTES_MAX) {
            throw new IOException(
                    "the picture is larger than " + BYTES_MAX / 1024 + " KiB, and would lie in every document");
        }
        if (!Arrays.equals(file, 0, Math.min(file.length, SIGNATURE.length), SIGNATURE, 0, SIGNATURE.length)) {
            throw new IOException("this is no PNG; a logo must be one");
        }
        Logo logo = new Logo(pixels(file));
        logo.decode();
        return logo;
    }

    /** The file without what makes no pixel. */
    private static byte[] pixels(byte[] file) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.writeBytes(SIGNATURE);
        int at = SIGNATURE.length;
        String type = "";
        try (DataInputStream chunks = new DataInputStream(new ByteArrayInputStream(file, at, file.length - at))) {
            while (!type.equals(END)) {
                int length = chunks.readInt();
                if (length < 0 || length > chunks.available()) {
                    throw new EOFException();
                }
                byte[] content = chunks.readNBytes(TYPE_BYTES + length);
                CRC32 sum = new CRC32();
                sum.update(content);
                if (chunks.readInt() != (int) sum.getValue()) {
                    throw new IOException("the PNG is damaged: a checksum in it is wrong");
                }
                type = new String(content, 0, TYPE_BYTES, StandardCharsets.ISO_8859_1);
                if (PIXELS.contains(type)) {
                    kept.write(file, at, CHUNK_BYTES + length);
                }
                at += CHUNK_BYTES + length;
            }
        } catch (EOFException cutOff) {
            throw new IOException("the PNG is cut off", cutOff);
        }
        return kept.toByteArray();
    }

    private void decode() throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > WIDTH_MAX || height > HEIGHT_MAX) {
                throw new IOException("the picture has " + width + " x " + height + " pixels; at most " + WIDTH_MAX
                        + " x " + HEIGHT_MAX + " are allowed");
            }
            reader.read(0);
        } catch (RuntimeException | javax.imageio.IIOException undecodable) {
            throw new IOException("the PNG cannot be decoded", undecodable);
        } finally {
            reader.dispose();
        }
    }

    /** The picture as a PNG. */
    public byte[] png() {
        return png.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Logo logo && Arrays.equals(png, logo.png);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(png);
    }

    /** The SHA-256 of what is kept, so that a text of it identifies the picture. */
    @Override
    public String toString() {
        try {
            return "Logo "
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(png));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
