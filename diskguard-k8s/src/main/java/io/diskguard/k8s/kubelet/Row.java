/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

/**
 * One line of the text exposition format (0.0.4): labels with escapes, value, and if there the timestamp; what follows, as
 * an exemplar of OpenMetrics, is not looked at. Places in a buffer; one instance serves for all lines. Not thread-safe.
 */
final class Row {
    private static final int ID = 0;
    private static final int DEVICE = 1;
    private static final int MAJOR = 2;
    private static final int MINOR = 3;
    private static final int OPERATION = 4;
    private static final int OTHER = 5;
    private static final byte[][] LABELS = {
        {'i', 'd'},
        {'d', 'e', 'v', 'i', 'c', 'e'},
        {'m', 'a', 'j', 'o', 'r'},
        {'m', 'i', 'n', 'o', 'r'},
        {'o', 'p', 'e', 'r', 'a', 't', 'i', 'o', 'n'}
    };
    private static final byte[] READ = {'R', 'e', 'a', 'd'};
    private static final byte[] WRITE = {'W', 'r', 'i', 't', 'e'};

    private final Number number = new Number();
    private final int[] from = new int[OTHER];
    private final int[] to = new int[OTHER];
    private byte[] bytes = {};
    private long value;
    private long time;

    /**
     * Takes a line apart from its opening brace on; escapes are undone in the buffer.
     *
     * @return false if it is none, or its value is no counter's
     */
    boolean read(byte[] line, int brace, int end) {
        bytes = line;
        for (var i = 0; i < OTHER; i++) {
            from[i] = 0;
            to[i] = 0;
        }
        var at = labels(brace + 1, end);
        if (at < 0) {
            return false;
        }
        at = number.read(line, blanks(at, end), end);
        if (at < 0) {
            return false;
        }
        value = number.value();
        at = blanks(at, end);
        time = at < end && line[at] != '#' && number.read(line, at, end) >= 0 ? number.value() : 0;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int idFrom() {
        return from[ID];
    }

    int idTo() {
        return to[ID];
    }

    int deviceFrom() {
        return from[DEVICE];
    }

    int deviceTo() {
        return to[DEVICE];
    }

    /** -1 if there is none. */
    int major() {
        return digits(MAJOR);
    }

    /** -1 if there is none. */
    int minor() {
        return digits(MINOR);
    }

    boolean isRead() {
        return is(bytes, from[OPERATION], to[OPERATION], READ);
    }

    boolean isWrite() {
        return is(bytes, from[OPERATION], to[OPERATION], WRITE);
    }

    long value() {
        return value;
    }

    /** Milliseconds since 1970; 0 if the line has none. */
    long time() {
        return time;
    }

    /** Where the value begins; -1 if the labels do not end. */
    private int labels(int begin, int end) {
        var at = begin;
        while (at < end) {
            while (at < end && (bytes[at] == ',' || bytes[at] == ' ')) {
                at++;
            }
            if (at < end && bytes[at] == '}') {
                return at + 1;
            }
            var name = at;
            while (at < end && bytes[at] != '=') {
                at++;
            }
            var label = label(name, at);
            at += 2;
            if (at > end || bytes[at - 1] != '"') {
                return -1;
            }
            at = value(label, at, end);
            if (at < 0) {
                return -1;
            }
        }
        return -1;
    }

    private int label(int begin, int end) {
        for (var i = 0; i < OTHER; i++) {
            if (is(bytes, begin, end, LABELS[i])) {
                return i;
            }
        }
        return OTHER;
    }

    /** Behind the closing quote; -1 if there is none. */
    private int value(int label, int begin, int end) {
        var write = begin;
        for (var at = begin; at < end; at++) {
            var c = bytes[at];
            if (c == '"') {
                if (label != OTHER) {
                    from[label] = begin;
                    to[label] = write;
                }
                return at + 1;
            }
            if (c == '\\' && ++at < end) {
                c = bytes[at] == 'n' ? (byte) '\n' : bytes[at];
            }
            bytes[write++] = c;
        }
        return -1;
    }

    private int blanks(int begin, int end) {
        var at = begin;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int digits(int label) {
        var length = to[label] - from[label];
        if (length < 1 || length > 9) {
            return -1;
        }
        var all = 0;
        for (var i = from[label]; i < to[label]; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            all = 10 * all + bytes[i] - '0';
        }
        return all;
    }

    private static boolean is(byte[] in, int begin, int end, byte[] text) {
        if (end - begin != text.length) {
            return false;
        }
        for (var i = 0; i < text.length; i++) {
            if (in[begin + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
