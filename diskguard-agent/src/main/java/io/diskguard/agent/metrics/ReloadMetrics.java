/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static io.diskguard.agent.metrics.Family.counter;
import static io.diskguard.agent.metrics.Family.gauge;

import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.Reload;
import io.diskguard.reload.Reload.Result;
import io.diskguard.reload.ReloadListener;
import java.util.Locale;
import java.util.function.Function;

/** Counts what becomes of changes of the configuration. Thread-safe. */
final class ReloadMetrics implements ReloadListener {
    private static final double MILLIS = 1e3;

    private final Series reloads;
    private final Series successful;
    private final Series lastSuccess;
    private final Series waiting;

    ReloadMetrics(Function<Family, Series> series) {
        reloads = series.apply(
                counter("diskguard_config_reloads", "Changes of the configuration, by what became of them.", "result"));
        successful = series.apply(gauge(
                "diskguard_config_last_reload_successful",
                "1: what the sources of the configuration say is in force; 0: an earlier one goes on."));
        lastSuccess = series.apply(gauge(
                "diskguard_config_last_reload_success_timestamp_seconds",
                "When a change of the configuration was last in force, since 1970; the start counts as one."));
        waiting = series.apply(gauge(
                "diskguard_config_keys_waiting",
                "Keys that say something else than what is in force, until a restart."));
        for (var result : Result.values()) {
            reloads.set(0, word(result));
        }
    }

    /** What holds now, whether or not anything has changed. */
    void now(ConfigStatus status) {
        var last = status.last();
        successful.set(last.isGood() ? 1 : 0);
        if (last.isGood()) {
            lastSuccess.set(last.at().plus(last.took()).toEpochMilli() / MILLIS);
        }
        waiting.set(status.waiting().size());
    }

    @Override
    public void reloaded(Reload reload) {
        reloads.count(word(reload.result()));
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
