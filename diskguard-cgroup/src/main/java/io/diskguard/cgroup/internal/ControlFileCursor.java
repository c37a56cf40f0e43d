/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.internal;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.ReadBuffer;
import java.util.Optional;

/**
 * Walks over the blank-separated tokens of a control file without making a string of any of them. A token may be a
 * {@code key=value} pair. Not thread-safe.
 */
public final class ControlFileCursor {
    private byte[] bytes;
    private int length;
    private int next;
    private int start;
    private int end;
    private int equals;
    private boolean firstOfLine;
    private int major;
    private int minor;

    /** Stands before the first token of the buffer's content, which must not change meanwhile. */
    public ControlFileCursor(ReadBuffer buffer) {
        this.bytes = buffer.bytes();
        this.length = buffer.length();
    }

    /** Starts anew, before the first token of the buffer's content. */
    public void over(ReadBuffer buffer) {
        this.bytes = buffer.bytes();
        this.length = buffer.length();
        this.next = 0;
    }

    /** Moves to the next token, over line ends; false if there is none. */
    public boolean next() {
        firstOfLine = next == 0;
        while (next < length && isBlank(bytes[next])) {
            firstOfLine |= bytes[next] == '\n';
            next++;
        }
        start = next;
        equals = -1;
        while (next < length && !isBlank(bytes[next])) {
            if (bytes[next] == '=' && equals < 0) {
                equals = next;
            }
            next++;
        }
        end = next;
        return end > start;
    }

    /** Whether the token is the first of its line. */
    public boolean isFirstOfLine() {
        return firstOfLine;
    }

    /** The token as a device number; empty if it is none. */
    public Optional<DeviceId> device() {
        return isDevice() ? Optional.of(new DeviceId(major, minor)) : Optional.empty();
    }

    /** Whether the token is a device number; {@link #major} and {@link #minor} then say which. */
    public boolean isDevice() {
        if (equals >= 0 || bytes[start] < '0' || bytes[start] > '9') {
            return false;
        }
        for (var i = start; i < end; i++) {
            if (bytes[i] == ':') {
                return isNumber(start, i) && isNumber(i + 1, end) && isDevice(number(start, i), number(i + 1, end));
            }
        }
        return false;
    }

    private boolean isDevice(long majorNumber, long minorNumber) {
        if (majorNumber > 0xfff || minorNumber > 0xf_ffff) {
            return false;
        }
        major = (int) majorNumber;
        minor = (int) minorNumber;
        return true;
    }

    /** The major number of the last token that {@link #isDevice} said yes to. */
    public int major() {
        return major;
    }

    /** The minor number of the last token that {@link #isDevice} said yes to. */
    public int minor() {
        return minor;
    }

    /** Whether the token is exactly this word. */
    public boolean is(String word) {
        return matches(start, end, word);
    }

    /** Whether the token is a pair with this key. */
    public boolean isPair(String key) {
        return equals >= 0 && matches(start, equals, key);
    }

    /** Whether the token, of a pair its value, is a decimal number. */
    public boolean hasNumber() {
        return isNumber(valueStart(), end);
    }

    /**
     * That number; {@link Long#MAX_VALUE} for a greater one.
     *
     * @throws IllegalStateException if there is none, see {@link #hasNumber}
     */
    public long number() {
        if (!hasNumber()) {
            throw new IllegalStateException("not a number");
        }
        return number(valueStart(), end);
    }

    /**
     * That number as the kernel's unsigned 64 bits; what is greater has its lower 64 bits only.
     *
     * @throws IllegalStateException if there is none, see {@link #hasNumber}
     */
    public long unsigned() {
        if (!hasNumber()) {
            throw new IllegalStateException("not a number");
        }
        var value = 0L;
        for (var i = valueStart(); i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /** Whether the token, of a pair its value, is a decimal number, with or without a fraction. */
    public boolean hasDecimal() {
        var from = valueStart();
        var point = point(from);
        return isNumber(from, point) && (point == end || isNumber(point + 1, end));
    }

    /**
     * That number.
     *
     * @throws IllegalStateException if there is none, see {@link #hasDecimal}
     */
    public double decimal() {
        if (!hasDecimal()) {
            throw new IllegalStateException("not a decimal number");
        }
        var from = valueStart();
        var point = point(from);
        var digits = 0.0;
        var unit = 1.0;
        for (var i = from; i < end; i++) {
            if (i != point) {
                digits = digits * 10 + (bytes[i] - '0');
                unit = i > point ? unit * 10 : unit;
            }
        }
        return digits / unit;
    }

    private int point(int from) {
        var point = from;
        while (point < end && bytes[point] != '.') {
            point++;
        }
        return point;
    }

    private int valueStart() {
        return equals >= 0 ? equals + 1 : start;
    }

    private boolean isNumber(int from, int to) {
        for (var i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return to > from;
    }

    private long number(int from, int to) {
        var value = 0L;
        for (var i = from; i < to; i++) {
            var digit = bytes[i] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private boolean matches(int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (var i = from; i < to; i++) {
            if (bytes[i] != word.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\t';
    }
}
