/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigResult;
import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is in force, and what became of the changes so far. Written by one thread, read by any. */
final class Course {
    private static final int MOST = 100;

    private volatile ConfigStatus status;
    private volatile List<Reload> history;

    Course(Environment environment, List<String> sources, ConfigResult.Valid initial) {
        var at = environment.clock().instant();
        var start = new Reload(
                0, at, sources, Result.APPLIED, List.of(), List.of(), 0, "", initial.warnings(), Duration.ZERO);
        this.status = new ConfigStatus(initial, at, start, List.of());
        this.history = List.of(start);
    }

    ConfigStatus status() {
        return status;
    }

    List<Reload> history() {
        return history;
    }

    /** What was in force goes on. */
    void failed(Reload last) {
        remember(last, status.inForce(), status.since(), status.waiting());
    }

    /** It is in force, since {@code since}. */
    void good(Reload last, ConfigResult.Valid inForce, Instant since, List<KeyChange> waiting) {
        remember(last, inForce, since, waiting);
    }

    private void remember(Reload last, ConfigResult.Valid inForce, Instant since, List<KeyChange> waiting) {
        var all = new ArrayList<>(history);
        all.add(last);
        history = List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
        status = new ConfigStatus(inForce, since, last, waiting);
    }
}
