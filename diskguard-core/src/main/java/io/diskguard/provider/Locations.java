/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import java.util.Optional;

/** Where a class comes from and what a failure says, for a person to read. */
final class Locations {
    private Locations() {}

    static String of(Class<?> type) {
        var source = Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .flatMap(code -> Optional.ofNullable(code.getLocation()));
        if (source.isPresent()) {
            return source.get().toString();
        }
        return type.getModule().isNamed() ? "module " + type.getModule().getName() : "unknown";
    }

    /** The failure and its causes, one line. */
    static String reason(Throwable failure) {
        var text = new StringBuilder(failure.toString());
        var cause = failure.getCause();
        for (var depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
            text.append(", caused by ").append(cause);
        }
        return text.toString().replaceAll("\\s+", " ");
    }
}
