/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes a picture small: with the 256 colours that it has most of, a third of the bytes. */
final class Picture {
    private static final int COLOURS = 256;
    private static final int BYTE = 8;

    private Picture() {}

    static byte[] small(byte[] png) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(png));
        var width = image.getWidth();
        var height = image.getHeight();
        var pixels = image.getRGB(0, 0, width, height, null, 0, width);
        var counts = new HashMap<Integer, Integer>();
        for (var pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        var palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(COLOURS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        var nearest = new HashMap<Integer, Integer>();
        var indexed = new BufferedImage(
                width,
                height,
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(BYTE, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE));
        for (int i = 0; i < pixels.length; i++) {
            var index = nearest.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
            indexed.getRaster().setSample(i % width, i / width, 0, index);
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(indexed, "png", out);
        return out.toByteArray();
    }

    private static int nearest(int[] palette, int colour) {
        var best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], colour) < distance(palette[best], colour)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        var sum = 0;
        for (int shift = 0; shift < 3 * BYTE; shift += BYTE) {
            var difference = (one >> shift & 0xff) - (other >> shift & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
