/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import io.diskguard.reload.Reload.Result;

/** The one key that a scene changes. */
final class LiveKey {
    private final LiveNode node;
    private final String name;
    private int changes;

    LiveKey(LiveNode node, String name) {
        this.node = node;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Another value takes effect. */
    Reload to(Object value) {
        return applied(node.set(name, value));
    }

    /** It is said no more, and that takes effect. */
    void unset() {
        applied(node.unset(name));
    }

    /** Another value is valid and cannot be on this node; why. */
    String refused(Object value) {
        var reload = node.set(name, value);
        assertThat(reload.result()).isEqualTo(Result.ROLLED_BACK);
        assertThat(node.ready()).contains("the last good configuration goes on", "\"ready\" : false");
        return reload.reason();
    }

    /** Another value is taken, and waits for a restart. */
    void waits(Object value) {
        var reload = node.set(name, value);
        assertThat(reload.result()).isEqualTo(Result.APPLIED);
        assertThat(reload.changes()).extracting(KeyChange::key).containsExactly(name);
        assertThat(reload.changes()).noneMatch(KeyChange::live);
        changes++;
    }

    boolean wasChanged() {
        return changes > 0;
    }

    private Reload applied(Reload reload) {
        assertThat(reload.result()).as(reload.toString()).isEqualTo(Result.APPLIED);
        assertThat(reload.changes()).extracting(KeyChange::key).containsExactly(name);
        assertThat(reload.changes()).allMatch(KeyChange::live);
        changes++;
        return reload;
    }
}
