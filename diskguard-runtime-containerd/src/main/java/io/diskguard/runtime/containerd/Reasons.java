/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import io.grpc.Status;
import java.io.IOException;

/** A failed call in words. */
final class Reasons {
    private static final int LENGTH_MAX = 300;

    private Reasons() {}

    /** What the operating system says where it said something, else the daemon's words, else the code. */
    static String of(Status status) {
        for (var cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return cut(cause.getMessage());
            }
        }
        var description = status.getDescription();
        return description == null || description.isBlank() ? status.getCode().name() : cut(description);
    }

    /** One line of bounded length, whoever wrote it. */
    static String cut(String words) {
        var text = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    }
}
