package io.saldo.documents.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogoTest {
    private static byte[] right() throws IOException {
        return Pictures.png(BufferedImage.TYPE_INT_RGB, 90, 30);
    }

    @Test
    void whatMakesNoPixelIsLeftOut() throws IOException {
        Logo plain = Logo.of(right());
        Logo profiled = Logo.of(Pictures.withProfile(right()));
        assertThat(profiled).isEqualTo(plain);
        assertThat(profiled.png()).isEqualTo(right());
        assertThat(Logo.of(Arrays.copyOf(right(), right().length + 100))).isEqualTo(plain);
    }

    @Test
    void aPictureThatCannotLieInEveryDocumentIsToldWhy() throws IOException {
        byte[] damaged = right();
        damaged[damaged.length - 20] ^= 1;
        refuses(new byte[0], "this is no PNG; a logo must be one");
        refuses("<svg xmlns='x'/>".getBytes(StandardCharsets.UTF_8), "this is no PNG; a logo must be one");
        refuses(Arrays.copyOf(right(), 3), "this is no PNG; a logo must be one");
        refuses(Arrays.copyOf(right(), right().length - 20), "the PNG is cut off");
        refuses(Arrays.copyOf(right(), 8), "the PNG is cut off");
        refuses(damaged, "the PNG is damaged: a checksum in it is wrong");
        refuses(Pictures.undecodable(right()), "the PNG cannot be decoded");
        refuses(new byte[Logo.BYTES_MAX + 1], "the picture is larger than 256 KiB, and would lie in every document");
        refuses(
                Pictures.png(BufferedImage.TYPE_BYTE_BINARY, 2001, 10),
                "the picture has 2001 x 10 pixels; at most 2000 x 1000 are allowed");
        refuses(
                Pictures.png(BufferedImage.TYPE_BYTE_BINARY, 10, 1001),
                "the picture has 10 x 1001 pixels; at most 2000 x 1000 are allowed");
    }

    /** Whatever bytes it is: taken or refused with a reason, and nothing else. */
    @Test
    void damagedPicturesAreTakenOrRefused() throws IOException {
        long seed = 20261129;
        Random random = new Random(seed);
        byte[] right = Pictures.png(BufferedImage.TYPE_INT_ARGB, 40, 20);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bytes = Arrays.copyOf(right, random.nextInt(4) == 0 ? random.nextInt(right.length) : right.length);
            for (int damage = random.nextInt(4); damage > 0 && bytes.length > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(Logo.of(bytes).png())
                        .as("seed " + seed + " round " + round)
                        .isNotEmpty();
            } catch (IOException told) {
                refused++;
                assertThat(told.getMessage())
                        .as("seed " + seed + " round " + round)
                        .isNotEmpty();
            }
        }
        assertThat(refused).isBetween(100, 299);
    }

    private static void refuses(byte[] file, String why) {
        assertThatThrownBy(() -> Logo.of(file)).isInstanceOf(IOException.class).hasMessage(why);
    }
}
