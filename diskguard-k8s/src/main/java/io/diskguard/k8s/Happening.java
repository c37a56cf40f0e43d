/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Something to tell. Immutable. */
record Happening(Subject subject, KubernetesEvents.Severity severity, String reason, String message, Instant at) {
    /** The API server takes no longer note (events.k8s.io validates both). */
    private static final int LONGEST = 1024;

    Happening {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What makes it the same event as another one. */
    record Key(Subject subject, KubernetesEvents.Severity severity, String reason, String message) {}

    Key key() {
        return new Key(subject, severity, reason, message);
    }

    String path() {
        return "/api/v1/namespaces/" + subject.eventNamespace() + "/events";
    }

    /** Without half a character at the end. */
    static String cut(String message) {
        if (message.length() <= LONGEST) {
            return message;
        }
        var end = LONGEST - 1;
        return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
