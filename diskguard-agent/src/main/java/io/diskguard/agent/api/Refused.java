/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.util.Optional;

/** A request that is answered with what is wrong with it. Immutable. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 80;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final transient Optional<Parameter> parameter;

    /** What was sent of a parameter, shortened, and what should have been. */
    record Parameter(String name, String value, String expected) {}

    private Refused(int status, String message, Optional<Parameter> parameter) {
        super(message, null, false, false);
        this.status = status;
        this.parameter = parameter;
    }

    static Refused parameter(String name, String value, String expected) {
        var shown = new Parameter(shown(name), shown(value), expected);
        return new Refused(
                BAD_REQUEST,
                shown.name() + " is \"" + shown.value() + "\", expected " + shown.expected(),
                Optional.of(shown));
    }

    static Refused missing(String what) {
        return new Refused(NOT_FOUND, what, Optional.empty());
    }

    static Refused busy(String why) {
        return new Refused(UNAVAILABLE, why, Optional.empty());
    }

    /** Of text that anybody sent: shortened, and without what hides or breaks a line. */
    static String shown(String text) {
        var visible = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return visible.codePointCount(0, visible.length()) > LONGEST
                ? visible.substring(0, visible.offsetByCodePoints(0, LONGEST)) + "…"
                : visible;
    }

    int status() {
        return status;
    }

    Optional<Parameter> parameter() {
        return parameter;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
