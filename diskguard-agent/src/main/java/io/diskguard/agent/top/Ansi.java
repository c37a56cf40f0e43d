/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the terminal can do, and how it is told (ECMA-48). Immutable.
 *
 * @param isThere whether it can be drawn on at all
 * @param colours whether it has them and they are wanted
 * @param ascii whether it has no block characters
 */
record Ansi(boolean isThere, boolean colours, boolean ascii) {
    private static final Pattern COLOURS = Pattern.compile(
            "(xterm|screen|tmux|rxvt|linux|ansi|konsole|alacritty|foot|putty|cygwin|st|wezterm).*|.*(color|kitty|ghostty).*");
    /** Of the Linux console only some of the blocks are in the usual font. */
    private static final Set<String> WITHOUT_BLOCKS = Set.of("linux", "ansi", "cygwin");

    /** By the variables that say so: {@code TERM}, {@code NO_COLOR} (no-color.org). */
    static Ansi of(Map<String, String> variables) {
        var type = variables.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        var wanted = variables.getOrDefault("NO_COLOR", "").isEmpty();
        var monochrome = type.endsWith("-m") || type.endsWith("-mono");
        return new Ansi(
                !type.isEmpty() && !type.equals("dumb") && !type.equals("unknown"),
                wanted && !monochrome && COLOURS.matcher(type).matches(),
                WITHOUT_BLOCKS.contains(type) || type.startsWith("vt"));
    }

    /** Reverse and bold are no colours: every terminal that can be drawn on has them. */
    String text(Line line) {
        var text = new StringBuilder();
        for (var span : line.spans()) {
            var plain = span.ink() == Ink.PLAIN || span.ink().isColour() && !colours && span.ink() != Ink.HOT;
            if (plain || span.text().isEmpty()) {
                text.append(span.text());
            } else {
                var code = colours
                        ? span.ink().code()
                        : span.ink() == Ink.HOT ? Ink.STRONG.code() : span.ink().code();
                text.append("\u001b[")
                        .append(code)
                        .append('m')
                        .append(span.text())
                        .append("\u001b[0m");
            }
        }
        return text.toString();
    }
}
