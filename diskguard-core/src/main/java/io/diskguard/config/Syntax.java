/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where and why a text is not well-formed, without quoting it: there may be a secret in it. SnakeYAML says both in lines of
 * a message, indents what it quotes, and has its own idea of the place, where Jackson knows only the token before.
 *
 * @param line from 1; 0 if it is not known
 */
record Syntax(int line, int column, String reason) {
    private static final int LONGEST = 160;
    private static final Pattern PLACE = Pattern.compile("(?m)^ in '?reader'?, line (\\d{1,7}), column (\\d{1,7}):?");

    /** SnakeYAML finds what is no character of a text before it has lines. */
    private static final Pattern INDEX = Pattern.compile("in \"'reader'\", position \\d+");

    static Syntax of(JsonProcessingException e) {
        var message = String.valueOf(e.getOriginalMessage());
        var reason = message.lines()
                .filter(line -> !line.startsWith(" ") && !line.isBlank())
                .collect(Collectors.joining(", "))
                .replaceAll("\\s+", " ");
        var line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        var column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        for (var place = PLACE.matcher(message); place.find(); ) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
        }
        if (INDEX.matcher(String.valueOf(e.getCause())).find()) {
            line = 0;
        }
        return new Syntax(line, column, reason.substring(0, Math.min(reason.length(), LONGEST)));
    }

    String origin(String file) {
        return line < 1 ? file : file + " line " + line;
    }

    String expected(boolean isJson) {
        return "well-formed " + (isJson ? "JSON" : "JSON or YAML") + ": " + reason
                + (line < 1 ? "" : " (column " + column + ")");
    }
}
