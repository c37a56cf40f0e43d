/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.PodSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can be seen of a node by who only looks. Closing it ends the following of the pods; the rest is the node's to close. Not
 * thread-safe: one thread looks.
 *
 * @param node its name in Kubernetes
 * @param pods follow what happens
 * @param trouble why the pods cannot be heard of at present
 * @param disks those of the configuration that are there now
 * @param explain what the pod's containers are to have, and have; empty for one that is gone
 * @param limits what the kernel has for a cgroup
 * @param environment with the settings of the configuration
 */
public record NodeWatch(
        Optional<String> node,
        PodSource pods,
        Supplier<Optional<String>> trouble,
        Supplier<List<Disk>> disks,
        Function<Pod, Optional<Explanation>> explain,
        Function<CgroupPath, CgroupDriver.ReadResult> limits,
        IoStatsSource stats,
        IoSignals signals,
        Environment environment,
        Runnable end)
        implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
