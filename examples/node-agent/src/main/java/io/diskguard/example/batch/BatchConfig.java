/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * This agent's own configuration, a properties file. Immutable.
 *
 * @param jobs directory of job files
 * @param state directory for what must survive this process
 * @param disk whose jobs are limited, by kernel name, by-id path or MAJ:MIN
 * @param readIops of a job that says nothing of its own
 * @param writeIops of a job that says nothing of its own
 * @param keep whether the limits stay when the agent ends
 */
record BatchConfig(Path jobs, Path state, String disk, Rate readIops, Rate writeIops, boolean keep) {
    private static final Set<String> KEYS = Set.of("jobs", "state", "disk", "read-iops", "write-iops", "keep");

    /** @throws IllegalArgumentException saying what is wrong */
    static BatchConfig parse(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalArgumentException("no properties: " + e, e);
        }
        var unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown keys " + unknown + ", known are " + new TreeSet<>(KEYS));
        }
        return new BatchConfig(
                Path.of(required(properties, "jobs")),
                Path.of(required(properties, "state")),
                required(properties, "disk"),
                rate(properties, "read-iops"),
                rate(properties, "write-iops"),
                Boolean.parseBoolean(properties.getProperty("keep", "true")));
    }

    private static String required(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Rate rate(Properties properties, String key) {
        var number = Quantity.parse(properties.getProperty(key, "0"));
        if (number.isEmpty() || number.getAsLong() == 1) {
            throw new IllegalArgumentException(
                    key + " is " + properties.getProperty(key) + ", expected 0, or 2 or more");
        }
        return Rate.ofZeroIsUnlimited(number.getAsLong());
    }

    /** The same in the library's words. */
    GuardConfig forGuard() {
        return GuardConfig.builder()
                .devices(disk)
                .mounts()
                .defaultLimit(new IoLimit(readIops, writeIops, Rate.UNLIMITED, Rate.UNLIMITED))
                .exclusions(Exclusions.NONE)
                .annotationPrefix(Job.PREFIX)
                .checkInterval(Duration.ofSeconds(5))
                .onShutdown(keep ? GuardConfig.OnShutdown.KEEP : GuardConfig.OnShutdown.CLEAR)
                .stateDir(state)
                .build();
    }
}
