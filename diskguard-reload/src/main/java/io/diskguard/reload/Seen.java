/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigResult;
import io.diskguard.config.ConfigWarning;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.util.List;
import java.util.Map;

/** By what one result of loading is known from another. Equal where nothing differs that a person could see. Immutable. */
sealed interface Seen {
    static Seen of(ConfigResult result) {
        if (result instanceof ConfigResult.Valid valid) {
            return new Good(valid.effective(), valid.warnings());
        }
        var problems = ((ConfigResult.Invalid) result).problems();
        var first = List.copyOf(problems.subList(0, Math.min(problems.size(), Reload.MOST_PROBLEMS)));
        return new Bad(first, problems.size(), problems.hashCode());
    }

    /** Valid, with what is where. */
    record Good(Map<String, Value> effective, List<ConfigWarning> warnings) implements Seen {}

    /** Not valid: a hash stands for the problems that are too many to be kept. */
    record Bad(List<Problem> first, int count, int hash) implements Seen {}
}
