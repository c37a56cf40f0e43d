/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

/** What a piece of text is to look like; what it says does not depend on it. */
enum Ink {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    HEADER("7"),
    /** Runs at its limit, or something is wrong. */
    HOT("1;31"),
    WARM("33"),
    COOL("32");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** Of ECMA-48, Select Graphic Rendition; empty for none. */
    String code() {
        return code;
    }

    /** Whether it takes a terminal with colours. */
    boolean isColour() {
        return this == HOT || this == WARM || this == COOL;
    }

    /** For a share of what is possible, 0 to 1. */
    static Ink ofShare(double share) {
        return share >= 0.9 ? HOT : share >= 0.7 ? WARM : COOL;
    }
}
