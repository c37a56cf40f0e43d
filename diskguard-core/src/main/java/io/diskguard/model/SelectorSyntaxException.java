/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/** A text is no label selector. It never leaves this package. */
final class SelectorSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final int at;

    SelectorSyntaxException(String expected, int at) {
        super(expected, null, false, false);
        this.expected = expected;
        this.at = at;
    }

    String expected() {
        return expected;
    }

    int at() {
        return at;
    }
}
