/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.filter;

import java.util.regex.Pattern;

/**
 * Looks for an expression in a text with bounded effort: an expression that backtracks without end is given up after so
 * many looks at a character, whatever the machine's speed. What was given up counts as excluded: to leave a container
 * alone that should be limited is seen in explain and mended, to limit a part of the system that the operator excluded may stop the node.
 */
final class BoundedFind {
    /** A few milliseconds; enough for {@code .*web.*x} over the longest namespace/pod/container, 381 characters. */
    private static final int MOST_LOOKS = 1_000_000;

    /** No image of a longer name can be pulled, no container has a longer name. It bounds the depth of the search's recursion. */
    private static final int LONGEST = 1024;

    private BoundedFind() {}

    static Result in(Pattern regexp, String text) {
        if (text.length() > LONGEST) {
            return Result.UNDECIDED;
        }
        try {
            return regexp.matcher(new Counted(text)).find() ? Result.FOUND : Result.NOT_FOUND;
        } catch (GivenUp | StackOverflowError tooMuch) {
            return Result.UNDECIDED;
        }
    }

    enum Result {
        FOUND,
        NOT_FOUND,
        UNDECIDED
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp() {
            super("too many steps", null, false, false);
        }
    }

    /** Used by one search. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new GivenUp();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
