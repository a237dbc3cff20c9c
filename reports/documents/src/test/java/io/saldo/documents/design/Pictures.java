package io.saldo.documents.design;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures for the tests: a green field with a white bar, and what is no picture. */
public final class Pictures {
    /** What most of the field is painted with. */
    public static final Color GREEN = new Color(0x0B6B3A);

    private static final int AFTER_HEADER = 33;

    private Pictures() {}

    /** A picture of that type of {@link BufferedImage}; with alpha, its right half is half transparent. */
    public static byte[] png(int type, int width, int height) throws IOException {
        return written(painted(type, width, height), false);
    }

    /** A picture whose rows come in seven passes. */
    public static byte[] interlaced(int type) throws IOException {
        return written(painted(type, 90, 30), true);
    }

    /** The picture with a colour profile, a gamma and a text in it, as programs for designers write them. */
    public static byte[] withProfile(byte[] png) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, AFTER_HEADER);
        out.write(chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F}));
        out.write(chunk("iCCP", "not a profile\0\0garbage".getBytes(StandardCharsets.ISO_8859_1)));
        out.write(chunk("tEXt", "Software\0a program".getBytes(StandardCharsets.ISO_8859_1)));
        out.write(png, AFTER_HEADER, png.length - AFTER_HEADER);
        return out.toByteArray();
    }

    /** The picture with the bytes of its pixels damaged, and a checksum that does not tell. */
    public static byte[] undecodable(byte[] png) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, AFTER_HEADER);
        out.write(chunk("IDAT", "no pixels".getBytes(StandardCharsets.ISO_8859_1)));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) throws IOException {
        byte[] named = Arrays.copyOf(type.getBytes(StandardCharsets.ISO_8859_1), 4 + content.length);
        System.arraycopy(content, 0, named, 4, content.length);
        CRC32 sum = new CRC32();
        sum.update(named);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(out)) {
            data.writeInt(content.length);
            data.write(named);
            data.writeInt((int) sum.getValue());
        }
        return out.toByteArray();
    }

    private static BufferedImage painted(int type, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(GREEN);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(
                image.getColorModel().hasAlpha()
                        ? new Color(GREEN.getRed(), GREEN.getGreen(), GREEN.getBlue(), 128)
                        : GREEN);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(width / 8, height * 2 / 5, width / 2, height / 5);
        graphics.dispose();
        return image;
    }

    private static byte[] written(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (interlaced) {
                how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        byte[] png = bytes.toByteArray();
        if (ImageIO.read(new ByteArrayInputStream(png)) == null) {
            throw new IOException("the picture cannot be read again");
        }
        return png;
    }
}
