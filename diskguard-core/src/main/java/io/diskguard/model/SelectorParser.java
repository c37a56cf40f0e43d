/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the requirements of a label selector. For one use. */
final class SelectorParser {
    private static final String REQUIREMENT = "a label key, or ! and a label key";
    private static final String OPERATOR = "=, ==, !=, in, notin, > or <, or a comma, or the end";

    private final List<SelectorToken> tokens;
    private int next;

    SelectorParser(String text) {
        tokens = SelectorToken.of(text);
    }

    List<Requirement> parse() throws SelectorSyntaxException {
        var requirements = new ArrayList<Requirement>();
        if (peek().isEnd()) {
            return requirements;
        }
        while (true) {
            requirements.add(requirement());
            if (peek().isEnd()) {
                return requirements;
            }
            if (!peek().is(",")) {
                throw wrong("a comma, or the end", peek());
            }
            next++;
        }
    }

    private Requirement requirement() throws SelectorSyntaxException {
        if (peek().is("!")) {
            next++;
            return new Requirement(key("a label key"), true, value -> false);
        }
        var key = key(REQUIREMENT);
        var operator = peek();
        if (operator.isEnd() || operator.is(",")) {
            return new Requirement(key, false, value -> true);
        }
        next++;
        return switch (operator.text()) {
            case "=", "==" -> oneOf(key, Set.of(value()));
            case "!=" -> noneOf(key, Set.of(value()));
            case "in" -> oneOf(key, values());
            case "notin" -> noneOf(key, values());
            case ">" -> {
                var bound = bound();
                yield Requirement.onNumber(key, number -> number > bound);
            }
            case "<" -> {
                var bound = bound();
                yield Requirement.onNumber(key, number -> number < bound);
            }
            default -> throw wrong(OPERATOR, operator);
        };
    }

    private static Requirement oneOf(String key, Set<String> values) {
        return new Requirement(key, false, values::contains);
    }

    private static Requirement noneOf(String key, Set<String> values) {
        return new Requirement(key, true, value -> !values.contains(value));
    }

    private String key(String expected) throws SelectorSyntaxException {
        var token = take();
        if (!token.isWord()) {
            throw wrong(expected, token);
        }
        if (!LabelSyntax.isKey(token.text())) {
            throw wrong(LabelSyntax.KEY, token);
        }
        return token.text();
    }

    /** A value may be left out: then it is empty. */
    private String value() throws SelectorSyntaxException {
        return peek().isEnd() || peek().is(",") ? "" : word("a value");
    }

    private String word(String expected) throws SelectorSyntaxException {
        var token = take();
        if (!token.isWord()) {
            throw wrong(expected, token);
        }
        if (!LabelSyntax.isValue(token.text())) {
            throw wrong(LabelSyntax.VALUE, token);
        }
        return token.text();
    }

    private long bound() throws SelectorSyntaxException {
        var token = peek();
        var number = Requirement.integer(value());
        if (number.isEmpty()) {
            throw wrong("a whole number from 0 to 2⁶³−1", token);
        }
        return number.getAsLong();
    }

    /** Values in brackets; each may be left out, which is the empty value. */
    private Set<String> values() throws SelectorSyntaxException {
        if (!take().is("(")) {
            throw wrong("an opening bracket", tokens.get(next - 1));
        }
        var values = new LinkedHashSet<String>();
        while (true) {
            values.add(peek().is(",") || peek().is(")") ? "" : word("a value, a comma or a closing bracket"));
            var token = take();
            if (token.is(")")) {
                return values;
            }
            if (!token.is(",")) {
                throw wrong("a comma or a closing bracket", token);
            }
        }
    }

    private SelectorToken peek() {
        return tokens.get(next);
    }

    /** The end is never passed: who takes it throws. */
    private SelectorToken take() {
        return tokens.get(next++);
    }

    private static SelectorSyntaxException wrong(String expected, SelectorToken found) {
        return new SelectorSyntaxException(expected, found.at());
    }
}
