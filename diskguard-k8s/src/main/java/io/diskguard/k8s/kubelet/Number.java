/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

/**
 * A counter as Go writes a float ({@code 42}, {@code 2.643968e+07}): exact, for it has no more digits than it needs, without
 * a text or a floating point number between. Not thread-safe.
 */
final class Number {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_EXPONENT = 40;

    private long value;

    /**
     * Reads one; a fraction is cut off.
     *
     * @return where it ends; -1 if it is none, negative, infinite or too large to be a counter
     */
    int read(byte[] bytes, int from, int end) {
        long mantissa = 0;
        var digits = 0;
        var scale = 0;
        var point = false;
        var at = from;
        for (; at < end; at++) {
            var c = bytes[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                if (mantissa != 0 || c != '0') {
                    digits++;
                }
                if (digits > MOST_DIGITS) {
                    return -1;
                }
                mantissa = 10 * mantissa + c - '0';
                scale -= point ? 1 : 0;
            } else {
                break;
            }
        }
        if (at == from || at == from + 1 && point) {
            return -1;
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            var minus = at + 1 < end && bytes[at + 1] == '-';
            var first = at + (minus || at + 1 < end && bytes[at + 1] == '+' ? 2 : 1);
            var exponent = 0;
            for (at = first; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                exponent = Math.min(MOST_EXPONENT, 10 * exponent + bytes[at] - '0');
            }
            if (at == first) {
                return -1;
            }
            scale += minus ? -exponent : exponent;
        }
        var ended = at == end || bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r';
        return ended && scaled(mantissa, scale) ? at : -1;
    }

    long value() {
        return value;
    }

    private boolean scaled(long mantissa, int scale) {
        value = mantissa;
        for (var i = scale; i < 0 && value != 0; i++) {
            value /= 10;
        }
        for (var i = scale; i > 0 && value != 0; i--) {
            if (value > Long.MAX_VALUE / 10) {
                return false;
            }
            value *= 10;
        }
        return true;
    }
}
