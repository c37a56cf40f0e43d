/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.nio.charset.StandardCharsets;

/** The escapes of procfs: a byte that would be a separator stands as three octal digits ({@code string_escape_mem}, {@code ESCAPE_OCTAL}). */
final class Octal {
    private Octal() {}

    /** The bytes that were meant, as UTF-8. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var in = text.getBytes(StandardCharsets.UTF_8);
        var out = new byte[in.length];
        var length = 0;
        for (var i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length && digit(in[i + 1]) && digit(in[i + 2]) && digit(in[i + 3])) {
                out[length++] = (byte) ((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
                i += 3;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean digit(byte octal) {
        return octal >= '0' && octal <= '7';
    }
}
