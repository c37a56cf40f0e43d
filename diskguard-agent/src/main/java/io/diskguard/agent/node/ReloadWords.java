/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.reload.ConfigLines;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import java.util.List;
import java.util.stream.Collectors;

/** What became of a change of the configuration, for people. */
final class ReloadWords {
    /** So many are named; the log has all of them. */
    private static final int MOST = 5;

    private ReloadWords() {}

    /** What a change has changed. */
    static String changes(Reload reload) {
        return some(
                reload.changes().stream()
                        .map(change -> ConfigLines.of(change) + (change.live() ? "" : " after a restart"))
                        .toList(),
                reload.changes().size());
    }

    /** Why the last change is not in force. */
    static String trouble(Reload reload) {
        var why = reload.result() == Reload.Result.ROLLED_BACK
                ? reload.reason()
                : some(reload.problems().stream().map(ConfigLines::of).toList(), reload.problemCount());
        return "the last good configuration goes on: " + why;
    }

    /** What the configuration check of a node says. */
    static String status(ConfigStatus status) {
        if (!status.last().isGood()) {
            return trouble(status.last()) + " (since " + status.last().at() + ")";
        }
        var waiting = status.waiting().stream().map(KeyChange::key).collect(Collectors.joining(", "));
        return waiting.isEmpty() ? "valid" : "valid; waiting for a restart: " + waiting;
    }

    private static String some(List<String> all, int count) {
        var named = all.stream().limit(MOST).collect(Collectors.joining("; "));
        return count > MOST ? named + "; and " + (count - MOST) + " more" : named;
    }
}
