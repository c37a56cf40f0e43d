/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers texts from 0 in the order in which they come, without making an object of each. Not thread-safe. */
final class Names {
    private static final int FIRST_TABLE = 256;
    private static final int FIRST_ARENA = 8192;
    private static final int PRIME = 31;
    private static final int GOLDEN = 0x9e3779b9;

    private byte[] arena = new byte[FIRST_ARENA];
    private int[] ends = new int[FIRST_TABLE / 2];
    /** Numbers plus one; 0 for none. */
    private int[] table = new int[FIRST_TABLE];

    private int size;

    int size() {
        return size;
    }

    /** The number of the text, a new one if it has none. */
    int number(byte[] bytes, int from, int to) {
        var at = place(bytes, from, to);
        if (table[at] != 0) {
            return table[at] - 1;
        }
        if (size == ends.length) {
            grow();
            at = place(bytes, from, to);
        }
        var begin = begin(size);
        var end = begin + to - from;
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(end, 2 * arena.length));
        }
        System.arraycopy(bytes, from, arena, begin, to - from);
        ends[size] = end;
        table[at] = ++size;
        return size - 1;
    }

    /** The number of the text, or -1. */
    int find(byte[] bytes, int from, int to) {
        return table[place(bytes, from, to)] - 1;
    }

    String text(int number) {
        var begin = begin(number);
        return new String(arena, begin, ends[number] - begin, StandardCharsets.UTF_8);
    }

    /** Forgets all; keeps the memory. */
    void clear() {
        Arrays.fill(table, 0);
        size = 0;
    }

    private int begin(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private int place(byte[] bytes, int from, int to) {
        var hash = 0;
        for (var i = from; i < to; i++) {
            hash = PRIME * hash + bytes[i];
        }
        var mask = table.length - 1;
        var at = (hash * GOLDEN >>> PRIME / 2) & mask;
        while (table[at] != 0 && !is(table[at] - 1, bytes, from, to)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private boolean is(int number, byte[] bytes, int from, int to) {
        return Arrays.equals(arena, begin(number), ends[number], bytes, from, to);
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * ends.length);
        table = new int[2 * table.length];
        for (var number = 0; number < size; number++) {
            table[place(arena, begin(number), ends[number])] = number + 1;
        }
    }
}
