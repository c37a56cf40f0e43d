/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.GuardConfig.OnShutdown;
import io.diskguard.model.LimitKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every configuration key, once: the loader, the environment and the reference documentation read this table. */
public final class ConfigKeys {
    private static final String OPS = "operations/s";
    private static final String BYTES = "bytes/s";

    static final ConfigKey<Long> CONTAINER_IOPS =
            operations("container_iops_limit", "500", "used in each direction that has no key of its own set");
    static final ConfigKey<Long> CONTAINER_READ_IOPS =
            operations("container_read_iops_limit", "500", "what a container may read on each disk, 0 for no limit");
    static final ConfigKey<Long> CONTAINER_WRITE_IOPS =
            operations("container_write_iops_limit", "500", "what a container may write on each disk, 0 for no limit");
    static final ConfigKey<Long> CONTAINER_BPS =
            bytes("container_bps_limit", "0", "used in each direction that has no key of its own set");
    static final ConfigKey<Long> CONTAINER_READ_BPS =
            bytes("container_read_bps_limit", "0", "what a container may read on each disk, 0 for no limit");
    static final ConfigKey<Long> CONTAINER_WRITE_BPS =
            bytes("container_write_bps_limit", "0", "what a container may write on each disk, 0 for no limit");
    static final ConfigKey<Long> MAX_IOPS =
            operations("max_iops_limit", "0", "ceiling of each direction that no annotation can lift, 0 for none");
    static final ConfigKey<Long> MAX_BPS =
            bytes("max_bps_limit", "0", "ceiling of each direction that no annotation can lift, 0 for none");
    static final ConfigKey<String> ANNOTATION_PREFIX = new ConfigKey<>(
            "annotation_prefix",
            "iops-limit",
            "",
            "the prefix of user annotations that is looked up first",
            "a DNS-1123 subdomain: lower case letters, digits, '-' and '.', at most 253 characters",
            ConfigParsers::subdomain);
    static final ConfigKey<String> DATA_MOUNT = new ConfigKey<>(
            "data_mount",
            "/data",
            "",
            "a mount whose disk is limited; the default holds where neither data_mounts nor data_devices is set",
            "an absolute path",
            ConfigParsers::absolutePath);
    static final ConfigKey<List<String>> DATA_MOUNTS = new ConfigKey<>(
            "data_mounts",
            "",
            "",
            "more mounts whose disks are limited",
            "a list of absolute paths",
            value -> ConfigParsers.list(value, ConfigParsers::absolutePath));
    static final ConfigKey<List<String>> DATA_DEVICES = new ConfigKey<>(
            "data_devices",
            "",
            "",
            "disks that are limited, by kernel name, by-id path or MAJ:MIN",
            "a list of device names",
            value -> ConfigParsers.list(value, ConfigParsers::text));
    static final ConfigKey<Duration> CHECK_INTERVAL = new ConfigKey<>(
            "check_interval",
            "30",
            "s",
            "time between two full resyncs",
            "a duration from 1s to 24h: a number of seconds, or such as 10s, 5m, 1h",
            ConfigParsers::duration);
    static final ConfigKey<Path> STATE_DIR = new ConfigKey<>(
            "state_dir",
            "/var/lib/diskguard",
            "",
            "directory of the ownership journal, for hosts whose cgroups have no extended attributes",
            "an absolute path",
            value -> ConfigParsers.absolutePath(value).map(Path::of));
    static final ConfigKey<CgroupVersion> CGROUP_VERSION = new ConfigKey<>(
            "cgroup_version",
            "auto",
            "",
            "which cgroup version to write to",
            "auto, v1 or v2",
            value -> ConfigParsers.constant(value, CgroupVersion.values()));
    static final ConfigKey<OnShutdown> ON_SHUTDOWN = new ConfigKey<>(
            "on_shutdown",
            "keep",
            "",
            "what becomes of the limits when the agent stops",
            "keep or clear",
            value -> ConfigParsers.constant(value, OnShutdown.values()));

    private static final List<ConfigKey<?>> ALL = List.of(
            CONTAINER_IOPS,
            CONTAINER_READ_IOPS,
            CONTAINER_WRITE_IOPS,
            CONTAINER_BPS,
            CONTAINER_READ_BPS,
            CONTAINER_WRITE_BPS,
            MAX_IOPS,
            MAX_BPS,
            ANNOTATION_PREFIX,
            DATA_MOUNT,
            DATA_MOUNTS,
            DATA_DEVICES,
            CHECK_INTERVAL,
            STATE_DIR,
            CGROUP_VERSION,
            ON_SHUTDOWN);

    private ConfigKeys() {}

    /** Every key, in the order of the reference. */
    public static List<ConfigKey<?>> all() {
        return ALL;
    }

    static Optional<ConfigKey<?>> find(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** The key that a misspelt one is most like. */
    static ConfigKey<?> nearest(String name) {
        // a stranger's key may be of any length; the distance costs its square
        var start = name.substring(0, Math.min(name.length(), 64));
        return ALL.stream()
                .min(Comparator.comparingInt(key -> distance(start, key.name())))
                .orElseThrow();
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        var previous = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var current = new int[to.length() + 1];
            current[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }

    private static ConfigKey<Long> operations(String name, String defaultText, String meaning) {
        var expected = "a whole number of operations a second such as 500 or 2k, at least 2, or 0 for none";
        return new ConfigKey<>(
                name, defaultText, OPS, meaning, expected, value -> ConfigParsers.limit(value, LimitKey.RIOPS));
    }

    private static ConfigKey<Long> bytes(String name, String defaultText, String meaning) {
        var expected = "a whole number of bytes a second such as 1048576, 10M or 50Mi, at least 64Ki, or 0 for none";
        return new ConfigKey<>(
                name, defaultText, BYTES, meaning, expected, value -> ConfigParsers.limit(value, LimitKey.RBPS));
    }
}
