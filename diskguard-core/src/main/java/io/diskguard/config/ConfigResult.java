/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.spi.ConfigSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of loading the configuration. Immutable. */
public sealed interface ConfigResult {
    /**
     * It is whole and valid.
     *
     * @param warnings what is valid and probably not meant
     * @param effective each key in force as it was written, with its origin ({@code default} where no source sets it), in
     *     the order of {@link ConfigKeys#all()}
     */
    record Valid(GuardConfig config, List<ConfigWarning> warnings, Map<String, ConfigSource.Value> effective)
            implements ConfigResult {
        public Valid {
            warnings = List.copyOf(warnings);
            effective = Collections.unmodifiableMap(new LinkedHashMap<>(effective));
        }
    }

    /** It has problems: these are all of them, at least one. */
    record Invalid(List<ConfigSource.Problem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
