/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigWarning;
import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One look at the sources, on the way to its entry. Immutable.
 *
 * @param begun in nanoseconds of the ticker
 */
record Look(
        Environment environment,
        long number,
        Instant at,
        long begun,
        List<String> sources,
        List<ConfigWarning> warnings) {
    static Look begin(Environment environment, Reload last, List<String> told) {
        return new Look(
                environment,
                last.number() + 1,
                environment.clock().instant(),
                environment.ticker().nanos(),
                told.isEmpty() ? last.sources() : told,
                List.of());
    }

    Look warning(List<ConfigWarning> news) {
        return new Look(environment, number, at, begun, sources, news);
    }

    Reload rejected(List<Problem> problems) {
        return end(Result.REJECTED, List.of(), problems, "");
    }

    Reload rolledBack(List<KeyChange> changes, String reason) {
        return end(Result.ROLLED_BACK, changes, List.of(), reason);
    }

    /** It is as the sources say, but for what waits. */
    Reload good(List<KeyChange> changes) {
        return end(changes.isEmpty() ? Result.UNCHANGED : Result.APPLIED, changes, List.of(), "");
    }

    private Reload end(Result result, List<KeyChange> changes, List<Problem> problems, String reason) {
        var took = Duration.ofNanos(Math.max(0, environment.ticker().nanos() - begun));
        return new Reload(number, at, sources, result, changes, problems, problems.size(), reason, warnings, took);
    }
}
