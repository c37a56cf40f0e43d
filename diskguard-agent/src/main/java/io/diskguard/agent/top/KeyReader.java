/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.top.Key.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Makes keys of the characters that terminals send (ECMA-48 and xterm). Not thread-safe. */
final class KeyReader {
    /** Within it, what follows an escape belongs to it: also over a slow line. */
    private static final Duration SEQUENCE = Duration.ofMillis(60);

    private static final int SEQUENCE_MAX = 16;
    private static final char ESC = 0x1b;
    private static final char DELETE = 0x7f;

    private final Chars chars;

    /** Characters as they come. */
    @FunctionalInterface
    interface Chars {
        int NONE_YET = -2;

        /** @return the next one, -1 at the end, or {@link #NONE_YET}, as {@code NonBlockingReader} of JLine says it */
        int read(Duration atMost) throws IOException;
    }

    KeyReader(Chars chars) {
        this.chars = chars;
    }

    /** Empty if none was pressed in that time. */
    Optional<Key> read(Duration atMost) throws IOException {
        var first = chars.read(atMost);
        if (first == Chars.NONE_YET) {
            return Optional.empty();
        }
        return Optional.of(
                switch (first) {
                    case -1 -> Key.of(Kind.CLOSED);
                    case ESC -> escaped();
                    case '\r', '\n' -> Key.of(Kind.ENTER);
                    case '\b', DELETE -> Key.of(Kind.BACKSPACE);
                    default -> Character.isISOControl(first) ? Key.of(Kind.OTHER) : Key.letter((char) first);
                });
    }

    private Key escaped() throws IOException {
        var introducer = chars.read(SEQUENCE);
        if (introducer == Chars.NONE_YET) {
            return Key.of(Kind.ESCAPE);
        }
        if (introducer != '[' && introducer != 'O') {
            return Key.of(introducer == -1 ? Kind.CLOSED : Kind.OTHER);
        }
        var sequence = new StringBuilder();
        while (sequence.length() < SEQUENCE_MAX) {
            var next = chars.read(SEQUENCE);
            if (next < 0) {
                break;
            }
            sequence.append((char) next);
            if (next >= '@' && next <= '~') {
                break;
            }
        }
        return Key.of(kind(sequence.toString()));
    }

    private static Kind kind(String sequence) {
        return switch (sequence) {
            case "A" -> Kind.UP;
            case "B" -> Kind.DOWN;
            case "C" -> Kind.RIGHT;
            case "D" -> Kind.LEFT;
            case "H", "1~", "7~" -> Kind.HOME;
            case "F", "4~", "8~" -> Kind.END;
            case "5~" -> Kind.PAGE_UP;
            case "6~" -> Kind.PAGE_DOWN;
            default -> Kind.OTHER;
        };
    }
}
