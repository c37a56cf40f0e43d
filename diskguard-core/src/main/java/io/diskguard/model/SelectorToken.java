/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A word, an operator or a bracket of a label selector.
 *
 * @param text as it stands there; empty at the end
 * @param at index of its first character
 */
record SelectorToken(String text, int at) {
    /** The tokens of the text; the last one is its end. */
    static List<SelectorToken> of(String text) {
        var tokens = new ArrayList<SelectorToken>();
        var at = 0;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (isSpace(c)) {
                at++;
                continue;
            }
            var end = isSymbol(c) ? endOfSymbol(text, at) : endOfWord(text, at);
            tokens.add(new SelectorToken(text.substring(at, end), at));
            at = end;
        }
        tokens.add(new SelectorToken("", text.length()));
        return tokens;
    }

    boolean isWord() {
        return !isEnd() && !isSymbol(text.charAt(0));
    }

    boolean isEnd() {
        return text.isEmpty();
    }

    boolean is(String symbol) {
        return text.equals(symbol);
    }

    private static int endOfSymbol(String text, int at) {
        var isDouble = text.startsWith("==", at) || text.startsWith("!=", at);
        return at + (isDouble ? 2 : 1);
    }

    private static int endOfWord(String text, int at) {
        var end = at;
        while (end < text.length() && !isSpace(text.charAt(end)) && !isSymbol(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isSymbol(char c) {
        return "=!(),<>".indexOf(c) >= 0;
    }
}
