/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The answers that pass on one connection, of which those are told that carry a mark, when the last of their bytes are
 * about to be written: a large list takes its time to its reader. Not thread-safe.
 */
final class Answers {
    static final String MARK = "X-Told";
    static final Answers NONE = new Answers(mark -> {});

    private static final Pattern MARKED = Pattern.compile("(?i)\\r\\n" + MARK + ": (\\S+)\\r\\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\nContent-Length: (\\d+)\\r\\n");
    private static final String END = "\r\n\r\n";

    private final Consumer<String> delivered;
    private String mark = "";
    private long left;

    /** @param delivered told the mark */
    Answers(Consumer<String> delivered) {
        this.delivered = delivered;
    }

    void passing(byte[] bytes, int count) {
        if (left > 0) {
            left -= count;
        } else {
            left = begin(new String(bytes, 0, count, StandardCharsets.ISO_8859_1), count);
        }
        if (left <= 0 && !mark.isEmpty()) {
            delivered.accept(mark);
            mark = "";
        }
    }

    private long begin(String text, int count) {
        var head = text.indexOf(END);
        if (head < 0 || !text.startsWith("HTTP/1.1 ")) {
            return 0;
        }
        var fields = text.substring(0, head + 2);
        var marked = MARKED.matcher(fields);
        var length = LENGTH.matcher(fields);
        if (!marked.find() || !length.find()) {
            return 0;
        }
        mark = marked.group(1);
        return Long.parseLong(length.group(1)) - (count - head - END.length());
    }
}
