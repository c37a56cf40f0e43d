/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.GuardConfig.OnShutdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How the agent itself works. */
final class ProcessKeys {
    static final ConfigKey<String> ANNOTATION_PREFIX = of(
                    "annotation_prefix", Types.SUBDOMAIN, "the prefix of user annotations that is looked up first")
            .withDefault("iops-limit");
    static final ConfigKey<Duration> CHECK_INTERVAL = of(
                    "check_interval",
                    Types.seconds(Duration.ofSeconds(1), Duration.ofHours(24)),
                    "time between two full resyncs")
            .in("s")
            .withDefault("30");
    static final ConfigKey<CgroupVersion> CGROUP_VERSION = of(
                    "cgroup_version", Types.constant(CgroupVersion.values()), "which cgroup version to write to")
            .withDefault("auto");
    static final ConfigKey<OnShutdown> ON_SHUTDOWN = of(
                    "on_shutdown",
                    Types.constant(OnShutdown.values()),
                    "what becomes of the limits when the agent stops")
            .withDefault("keep");
    static final ConfigKey<Path> STATE_DIR = of(
                    "state_dir",
                    Types.PATH,
                    "directory of the node's pods as last heard, for a start while the API server is away, of the"
                            + " ownership journal, for hosts whose cgroups have no extended attributes, and of the lock"
                            + " that keeps a second agent away")
            .withDefault("/var/lib/diskguard")
            .afterRestart();
    static final ConfigKey<HttpAddress> HTTP_ADDRESS = of(
                    "http_address",
                    ValueType.scalar(
                            "an address and a port such as 0.0.0.0:2112, [::]:2112 or :2112", HttpAddress::parse),
                    "where health and metrics are served: /healthz, /readyz and /metrics")
            .withDefault("0.0.0.0:2112")
            .afterRestart();

    static final KeyGroup GROUP = new KeyGroup(
            "The agent",
            "",
            List.of(ANNOTATION_PREFIX, CHECK_INTERVAL, CGROUP_VERSION, ON_SHUTDOWN, STATE_DIR, HTTP_ADDRESS));

    private ProcessKeys() {}
}
