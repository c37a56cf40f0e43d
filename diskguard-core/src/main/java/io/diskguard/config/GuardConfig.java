/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.Exclusions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A whole, valid configuration. Immutable.
 *
 * @param exclusions pods and containers that are never written
 * @param annotationPrefix the first prefix under which user annotations are looked up
 * @param smartAnnotationPrefix the prefix under which the state of smart limits is kept
 * @param checkInterval time between two full resyncs
 * @param stateDir where the ownership journal is kept when cgroups have no extended attributes
 */
public record GuardConfig(
        LimitSettings limits,
        DiskSettings disks,
        Exclusions exclusions,
        RuntimeSettings runtime,
        KubernetesSettings kubernetes,
        SmartSettings smart,
        String annotationPrefix,
        String smartAnnotationPrefix,
        Duration checkInterval,
        CgroupVersion cgroupVersion,
        OnShutdown onShutdown,
        Path stateDir,
        HttpAddress httpAddress) {
    /** @throws IllegalArgumentException if a prefix is no DNS-1123 subdomain or the interval not positive */
    public GuardConfig {
        for (var prefix : List.of(annotationPrefix, smartAnnotationPrefix)) {
            if (Scalars.subdomain(prefix).isEmpty()) {
                throw new IllegalArgumentException("an annotation prefix is a DNS-1123 subdomain, was " + prefix);
            }
        }
        if (checkInterval.isNegative() || checkInterval.isZero()) {
            throw new IllegalArgumentException("checkInterval must be positive, was " + checkInterval);
        }
    }

    /** What holds where nothing is configured. */
    public static GuardConfig defaults() {
        return ConfigAssembly.assemble(new ConfigValues());
    }

    /** A builder that holds the defaults. */
    public static GuardConfigBuilder builder() {
        return defaults().toBuilder();
    }

    /** A builder that holds this configuration, for another one that differs a little. */
    public GuardConfigBuilder toBuilder() {
        return new GuardConfigBuilder(this);
    }

    /** Which driver to use: {@code cgroup_version}. */
    public enum CgroupVersion {
        AUTO,
        V1,
        V2
    }

    /** What becomes of the limits when the agent stops: {@code on_shutdown}. */
    public enum OnShutdown {
        KEEP,
        CLEAR
    }
}
