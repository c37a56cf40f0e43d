/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import java.util.HashMap;
import java.util.Map;

/** Configurations in which 900 writes of 4 KiB a second are 0.9 (0.88) of what the disk can do, and no other number counts. */
final class Loads {
    /** Judged by operations, limited to 720 of them. */
    static final Map<String, Object> OPERATIONS = Map.of(
            "smart_limit_enabled", true, "container_iops_limit", 0, "data_total_iops", 1000, "data_total_bps", 0);

    /** Judged by bytes, limited to 2949120 of them. */
    static final Map<String, Object> BYTES = bytes();

    private Loads() {}

    private static Map<String, Object> bytes() {
        var all = new HashMap<>(OPERATIONS);
        all.put("data_total_iops", 0);
        all.put("data_total_bps", "4Mi");
        return Map.copyOf(all);
    }
}
