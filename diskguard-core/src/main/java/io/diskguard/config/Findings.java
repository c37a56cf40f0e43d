/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.spi.ConfigSource.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong, or looks wrong, with the values. Not thread-safe. */
final class Findings {
    private final ConfigValues values;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<ConfigWarning> warnings = new LinkedHashSet<>();

    Findings(ConfigValues values) {
        this.values = values;
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(ConfigWarning warning) {
        warnings.add(warning);
    }

    /** The key's value is wrong beside that of another one. */
    void problem(ConfigKey<?> key, String expected) {
        var written = values.written(key);
        problems.add(new Problem(key.name(), key.show(written.value()), written.origin(), expected));
    }

    /** The key's value is valid and probably not what was meant. */
    void warn(ConfigKey<?> key, String message) {
        warnings.add(new ConfigWarning(key.name(), values.written(key).origin(), message));
    }

    List<Problem> problems() {
        return problems;
    }

    List<ConfigWarning> warnings() {
        return List.copyOf(warnings);
    }
}
