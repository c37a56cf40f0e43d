/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:default}} in one value. Values are replaced after parsing, so that a variable
 * cannot add keys to the file.
 */
record Placeholders(Map<String, String> variables) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    /**
     * The text with everything replaced that can be.
     *
     * @param missing takes the names of variables that are not set and have no default
     */
    String replace(String text, List<String> missing) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            var name = match.group(1);
            var value = variables.containsKey(name) ? variables.get(name) : match.group(2);
            if (value == null) {
                missing.add(name);
                return Matcher.quoteReplacement(match.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
