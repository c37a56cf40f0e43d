/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.spi.ConfigSource.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What the configuration has to say, as lines for people. */
public final class ConfigLines {
    private static final String WHOLE_FILE = "*";

    private ConfigLines() {}

    /**
     * {@code check_interval is "0s" (/etc/diskguard/config.yaml line 4): expected a duration from 1s to 24h: …}, and of a whole
     * file, {@code /etc/diskguard/config.yaml: expected a file that exists}.
     */
    public static String of(Problem problem) {
        if (problem.key().equals(WHOLE_FILE)) {
            return problem.origin() + ": expected " + problem.expected();
        }
        return problem.key() + (problem.value().isEmpty() ? "" : " is \"" + problem.value() + "\"") + " ("
                + problem.origin() + "): expected " + problem.expected();
    }

    /** {@code check_interval 30 -> 10s (/etc/diskguard/config.yaml line 4)}. */
    public static String of(KeyChange change) {
        return change.key() + " " + shown(change.before()) + " -> " + shown(change.after()) + " (" + change.origin()
                + ")";
    }

    static String of(List<KeyChange> changes) {
        return changes.stream().map(ConfigLines::of).collect(Collectors.joining(", "));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not set" : value;
    }
}
