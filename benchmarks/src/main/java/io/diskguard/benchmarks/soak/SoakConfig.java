/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.model.DeviceId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The agent's configurations, one after the other: each has another limit, and something else that takes effect while it runs.
 *
 * @param runtime the runtime's socket, where there is a runtime
 */
record SoakConfig(DeviceId disk, Path state, int port, Optional<Path> runtime) {
    static final long FIRST = 500;

    /** The limit of the configuration with this number; each differs from the one before. */
    static long iops(int number) {
        return number == 0 ? FIRST : 400 + number * 37L % 1000;
    }

    /** The one with number 0 is a production's. */
    String text(int number) {
        var asked = number % 5 != 4 && runtime.isPresent();
        return String.join(
                "\n",
                "data_devices: [" + disk + "]",
                "exclude_label_selector: churn.example/unlimited",
                "container_iops_limit: " + iops(number),
                "state_dir: " + state,
                "http_address: 127.0.0.1:" + port,
                "container_runtime: " + (asked ? "containerd" : "none"),
                asked ? "container_socket_path: " + runtime.get() : "",
                "check_interval: " + (number % 2 == 0 ? "30s" : "20s"),
                "smart_limit_enabled: " + (number % 6 != 5),
                "smart_limit_monitor_interval: " + (number % 3 == 0 ? "60s" : "15s"),
                "");
    }

    /** What somebody saves by mistake: no YAML, a wrong value, nothing. */
    static String broken(int number) {
        return switch (number % 3) {
            case 0 -> "data_devices: [\n  container_iops_limit: {";
            case 1 -> "data_devices: [no-such-disk]\ncontainer_iops_limit: many\n";
            default -> "";
        };
    }
}
