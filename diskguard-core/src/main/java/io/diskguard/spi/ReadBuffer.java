/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a control file, in an array that is used again for the next file and grows when one is longer. Not thread-safe. */
public final class ReadBuffer {
    private byte[] bytes = new byte[4096];
    private int length;

    /** An empty buffer of 4 KiB, what one control file usually needs. */
    public ReadBuffer() {}

    /** The array that holds the content from index 0; valid until the next read. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes of {@link #bytes()} are content. */
    public int length() {
        return length;
    }

    public String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Forgets the content. */
    public void clear() {
        length = 0;
    }

    /** Room behind the content, at least one byte, growing if need be; report what was put there with {@link #advance}. */
    public ByteBuffer room() {
        return ByteBuffer.wrap(bytes, length, roomLeft());
    }

    /** How many bytes of {@link #bytes()} are free behind {@link #length()}: at least one, growing the array if need be. */
    public int roomLeft() {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        return bytes.length - length;
    }

    /** Takes {@code count} bytes that were put behind the content into it. */
    public void advance(int count) {
        if (count < 0 || count > bytes.length - length) {
            throw new IllegalArgumentException("count must be in 0.." + (bytes.length - length) + ", was " + count);
        }
        length += count;
    }

    /** Replaces the content. */
    public void set(byte[] content) {
        if (bytes.length < content.length) {
            bytes = new byte[content.length];
        }
        System.arraycopy(content, 0, bytes, 0, content.length);
        length = content.length;
    }
}
