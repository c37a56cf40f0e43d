/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Expectation;
import java.nio.file.Path;
import java.util.List;

/**
 * The agent's configuration.
 *
 * @param device the disk's name
 * @param pods what says where the pods are; empty where the command line does
 */
record ConfigFile(Path file, Path stateDir, String device, List<String> pods) {
    void write(Settings settings) {
        var defaults = settings.defaults();
        Replaced.file(
                file,
                String.join("\n", pods) + "\n"
                        + String.join(
                                "\n",
                                "state_dir: " + stateDir,
                                "data_devices: [" + device + "]",
                                "exclude_label_selector: " + Expectation.EXCLUDED,
                                "container_runtime: none",
                                "http_address: 127.0.0.1:0",
                                "check_interval: 10s",
                                "data_total_iops: 250",
                                "smart_limit_enabled: true",
                                "smart_limit_monitor_interval: 1s",
                                "smart_limit_remove_delay: 60m",
                                "smart_limit_windows: [{window: 1m, io_threshold: 0.8, iops_limit: " + Words.SMART
                                        + "}]",
                                "container_read_iops_limit: " + defaults.get(0),
                                "container_write_iops_limit: " + defaults.get(1),
                                "container_read_bps_limit: " + defaults.get(2),
                                "container_write_bps_limit: " + defaults.get(3),
                                "max_iops_limit: " + settings.ceiling(),
                                ""));
    }
}
