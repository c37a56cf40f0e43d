/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values as people may see them: on one line, short, without control characters, secrets never. */
final class Shown {
    static final String MASKED = "***";

    private static final int LONGEST = 80;
    private static final Pattern SECRET =
            Pattern.compile("token|secret|passw|credential|private|(?:^|[_.-])key(?!w)", Pattern.CASE_INSENSITIVE);

    private Shown() {}

    static String of(Object value) {
        var text = new StringBuilder();
        append(text, value);
        return text.length() <= LONGEST ? text.toString() : cut(text);
    }

    /** A name that somebody else chose; in quotes if nothing could be seen of it. */
    static String name(String name) {
        return name.isBlank() ? '"' + of(name) + '"' : of(name);
    }

    /** The value of a key that is not known: whoever chose the key may have put a secret there. */
    static String unknown(String name, Object value) {
        return SECRET.matcher(name(name)).find() ? MASKED : of(value);
    }

    private static String cut(StringBuilder text) {
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }

    // Each level adds a character, so that the length bounds the depth too.
    private static void append(StringBuilder text, Object value) {
        if (text.length() > LONGEST) {
            return;
        }
        if (value instanceof List<?> list) {
            text.append('[');
            var separator = "";
            for (var element : list) {
                if (text.length() > LONGEST) {
                    return;
                }
                append(text.append(separator), element == null ? "null" : element);
                separator = ", ";
            }
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            var separator = "";
            for (var entry : map.entrySet()) {
                if (text.length() > LONGEST) {
                    return;
                }
                append(text.append(separator), String.valueOf(entry.getKey()));
                append(text.append(": "), entry.getValue() == null ? "null" : entry.getValue());
                separator = ", ";
            }
            text.append('}');
        } else {
            var all = String.valueOf(value);
            all.substring(0, Math.min(all.length(), LONGEST + 1))
                    .codePoints()
                    .forEach(c -> text.appendCodePoint(isVisible(c) ? c : '\ufffd'));
        }
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
