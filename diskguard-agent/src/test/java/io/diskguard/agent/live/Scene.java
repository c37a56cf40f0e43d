/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import io.diskguard.agent.node.LiveNode;
import java.util.HashMap;
import java.util.Map;

/**
 * How a change of one key is seen by who uses the agent.
 *
 * @param v2 the version of cgroups that the node has
 * @param start keys that are set from the start on
 */
record Scene(boolean v2, Map<String, Object> start, Play play) {
    Scene {
        start = Map.copyOf(start);
    }

    /** Looks, changes the key, and looks again. */
    @FunctionalInterface
    interface Play {
        void on(LiveNode node, LiveKey key) throws Exception;
    }

    static Scene of(Play play) {
        return new Scene(true, Map.of(), play);
    }

    Scene onV1() {
        return new Scene(false, start, play);
    }

    Scene with(String key, Object value) {
        return with(Map.of(key, value));
    }

    Scene with(Map<String, ?> keys) {
        var more = new HashMap<>(start);
        more.putAll(keys);
        return new Scene(v2, more, play);
    }
}
