/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

/** A share as a bar. Pure. */
final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private Bar() {}

    /**
     * @param share 0 to 1; more is drawn as 1
     * @param ascii without block characters
     * @return so wide
     */
    static String of(double share, int width, boolean ascii) {
        var clamped = Math.max(0, Math.min(1, share));
        if (ascii) {
            var full = (int) Math.round(clamped * width);
            return "#".repeat(full) + ".".repeat(width - full);
        }
        var eighths = (int) Math.round(clamped * width * 8);
        var text = new StringBuilder("█".repeat(eighths / 8));
        if (eighths % 8 > 0) {
            text.append(EIGHTHS.charAt(eighths % 8));
        }
        return text.append(" ".repeat(width - text.length())).toString();
    }
}
