/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.IoLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A whole, valid configuration. Immutable.
 *
 * @param defaults the static limit of a container on a disk where nothing else says one
 * @param ceiling what no annotation can lift; {@link IoLimit#UNLIMITED} for none
 * @param annotationPrefix the first prefix under which user annotations are looked up
 * @param dataMounts mount points whose disks are limited
 * @param dataDevices disks that are limited, by kernel name, by-id path or {@code MAJ:MIN}
 * @param checkInterval time between two full resyncs
 * @param stateDir where the ownership journal is kept when cgroups have no extended attributes
 */
public record GuardConfig(
        IoLimit defaults,
        IoLimit ceiling,
        String annotationPrefix,
        List<String> dataMounts,
        List<String> dataDevices,
        Duration checkInterval,
        Path stateDir,
        CgroupVersion cgroupVersion,
        OnShutdown onShutdown) {
    public GuardConfig {
        dataMounts = List.copyOf(dataMounts);
        dataDevices = List.copyOf(dataDevices);
        if (checkInterval.isNegative() || checkInterval.isZero()) {
            throw new IllegalArgumentException("checkInterval must be positive, was " + checkInterval);
        }
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
