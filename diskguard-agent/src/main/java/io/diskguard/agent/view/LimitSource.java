/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import java.util.Locale;

/** Who a number comes from, in one word. */
public enum LimitSource {
    /** Nobody: there is no limit. */
    NONE,
    /** The pod's owner. */
    ANNOTATION,
    /** The configuration, where the owner says nothing. */
    DEFAULT,
    /** The configuration, whatever anybody says. */
    CEILING,
    /** The load. */
    SMART,
    /** A policy that was plugged in. */
    POLICY,
    /** Somebody else than DiskGuard. */
    FOREIGN;

    /** Of the origin that a decision tells. */
    public static LimitSource of(String origin) {
        var end = origin.indexOf(' ');
        return switch (end < 0 ? origin : origin.substring(0, end)) {
            case "none", "excluded" -> NONE;
            case "annotation" -> ANNOTATION;
            case "default" -> DEFAULT;
            case "ceiling" -> CEILING;
            case "smart" -> SMART;
            default -> POLICY;
        };
    }

    /** As metrics and the API have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
