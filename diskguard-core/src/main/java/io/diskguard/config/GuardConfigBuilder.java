/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.GuardConfig.OnShutdown;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Changes some of a configuration, for embedders and tests. Each call replaces; not thread-safe. */
public final class GuardConfigBuilder {
    private LimitSettings limits;
    private DiskSettings disks;
    private Exclusions exclusions;
    private RuntimeSettings runtime;
    private KubernetesSettings kubernetes;
    private SmartSettings smart;
    private String annotationPrefix;
    private String smartAnnotationPrefix;
    private Duration checkInterval;
    private CgroupVersion cgroupVersion;
    private OnShutdown onShutdown;
    private Path stateDir;
    private HttpAddress httpAddress;

    GuardConfigBuilder(GuardConfig from) {
        limits = from.limits();
        disks = from.disks();
        exclusions = from.exclusions();
        runtime = from.runtime();
        kubernetes = from.kubernetes();
        smart = from.smart();
        annotationPrefix = from.annotationPrefix();
        smartAnnotationPrefix = from.smartAnnotationPrefix();
        checkInterval = from.checkInterval();
        cgroupVersion = from.cgroupVersion();
        onShutdown = from.onShutdown();
        stateDir = from.stateDir();
        httpAddress = from.httpAddress();
    }

    /** What a container may do on each disk where nothing else says it. */
    public GuardConfigBuilder defaultLimit(IoLimit limit) {
        limits = new LimitSettings(limit, limits.ceiling());
        return this;
    }

    /** What no annotation can lift. */
    public GuardConfigBuilder ceiling(IoLimit limit) {
        limits = new LimitSettings(limits.defaults(), limit);
        return this;
    }

    /** Mount points whose disks are limited, instead of those before. */
    public GuardConfigBuilder mounts(String... mounts) {
        return disks(disks.of(List.of(mounts), disks.devices()));
    }

    /** Disks that are limited, by kernel name, by-id path or {@code MAJ:MIN}, instead of those before. */
    public GuardConfigBuilder devices(String... devices) {
        return disks(disks.of(disks.mounts(), List.of(devices)));
    }

    public GuardConfigBuilder disks(DiskSettings settings) {
        disks = settings;
        return this;
    }

    public GuardConfigBuilder exclusions(Exclusions excluded) {
        exclusions = excluded;
        return this;
    }

    public GuardConfigBuilder runtime(RuntimeSettings settings) {
        runtime = settings;
        return this;
    }

    public GuardConfigBuilder kubernetes(KubernetesSettings settings) {
        kubernetes = settings;
        return this;
    }

    public GuardConfigBuilder smart(SmartSettings settings) {
        smart = settings;
        return this;
    }

    public GuardConfigBuilder annotationPrefix(String prefix) {
        annotationPrefix = prefix;
        return this;
    }

    public GuardConfigBuilder smartAnnotationPrefix(String prefix) {
        smartAnnotationPrefix = prefix;
        return this;
    }

    public GuardConfigBuilder checkInterval(Duration interval) {
        checkInterval = interval;
        return this;
    }

    public GuardConfigBuilder cgroupVersion(CgroupVersion version) {
        cgroupVersion = version;
        return this;
    }

    public GuardConfigBuilder onShutdown(OnShutdown what) {
        onShutdown = what;
        return this;
    }

    public GuardConfigBuilder stateDir(Path directory) {
        stateDir = directory;
        return this;
    }

    public GuardConfigBuilder httpAddress(HttpAddress address) {
        httpAddress = address;
        return this;
    }

    /** @throws IllegalArgumentException as {@link GuardConfig} does */
    public GuardConfig build() {
        return new GuardConfig(
                limits,
                disks,
                exclusions,
                runtime,
                kubernetes,
                smart,
                annotationPrefix,
                smartAnnotationPrefix,
                checkInterval,
                cgroupVersion,
                onShutdown,
                stateDir,
                httpAddress);
    }
}
