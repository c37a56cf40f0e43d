/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What a parser says of a text that is not well-formed, without the text: there may be a secret in it. */
final class Syntax {
    private static final int LONGEST = 160;
    /** Here SnakeYAML begins to quote the file. */
    private static final String QUOTE = " in 'reader'";

    private Syntax() {}

    static String at(JsonProcessingException e, String file) {
        return e.getLocation() == null
                ? file
                : file + " line " + e.getLocation().getLineNr();
    }

    static String expected(JsonProcessingException e, boolean isJson) {
        var text = String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ");
        var quote = text.indexOf(QUOTE);
        var message = quote < 0 ? text : text.substring(0, quote);
        var column =
                e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
        return "well-formed " + (isJson ? "JSON" : "JSON or YAML") + ": "
                + message.substring(0, Math.min(message.length(), LONGEST)) + column;
    }
}
