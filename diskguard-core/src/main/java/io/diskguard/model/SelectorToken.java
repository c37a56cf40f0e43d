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
record SelectorToken(Kind kind, String text, int at) {
    enum Kind {
        WORD,
        SYMBOL,
        END
    }

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
            tokens.add(new SelectorToken(isSymbol(c) ? Kind.SYMBOL : Kind.WORD, text.substring(at, end), at));
            at = end;
        }
        tokens.add(new SelectorToken(Kind.END, "", text.length()));
        return tokens;
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
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
