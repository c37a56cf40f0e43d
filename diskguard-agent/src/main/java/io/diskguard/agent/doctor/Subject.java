/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Kernel;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.k8s.Told;
import io.diskguard.model.Disk;
import io.diskguard.model.Pod;
import io.diskguard.provider.ProviderSelectionException;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;

/** The node that is looked at. Thread-safe. */
final class Subject {
    private final Preparation node;
    private final StopSignal stop;
    private final FutureTask<ClusterAnswers> cluster;

    /** @param stop ends waiting */
    Subject(Preparation node, StopSignal stop) {
        this.node = node;
        this.stop = stop;
        this.cluster = new FutureTask<>(() -> ClusterAnswers.of(config(), environment()));
    }

    Preparation node() {
        return node;
    }

    /** Asked once, whoever asks first; the others wait for it. */
    ClusterAnswers cluster() {
        cluster.run();
        return SideBySide.get(cluster);
    }

    /** The pods of this node, as whoever is configured tells them; empty if nobody can. */
    Optional<List<Pod>> pods() {
        return cluster() instanceof ClusterAnswers.Asked asked && asked.pods() instanceof Told.Known<List<Pod>> known
                ? Optional.of(known.value())
                : Optional.empty();
    }

    Environment environment() {
        return node.environment();
    }

    ProviderSource providers() {
        return node.providers();
    }

    GuardConfig config() {
        return node.config();
    }

    /** The driver that fits, to be closed; empty if none does. */
    Optional<CgroupDriver> driver() {
        try {
            return Optional.of(Kernel.chooseDriver(environment(), providers(), config())
                    .provider()
                    .create(environment()));
        } catch (ProviderSelectionException e) {
            return Optional.empty();
        }
    }

    /** The answer for each configured mount and device. */
    List<DiskResolution> diskAnswers() {
        var host = new DeviceResolver(environment().paths()).look();
        var answers = new ArrayList<DiskResolution>();
        config().disks().mounts().forEach(mount -> answers.add(host.ofMount(mount)));
        config().disks().devices().forEach(device -> answers.add(host.ofDevice(device)));
        return answers;
    }

    /** Each configured disk that is there. */
    SortedSet<Disk> disks() {
        var disks = new TreeSet<Disk>();
        for (var answer : diskAnswers()) {
            if (answer instanceof DiskResolution.Found found) {
                disks.addAll(found.disks());
            }
        }
        return disks;
    }

    /** Lets time pass; whether there is to be an end. */
    boolean isStoppedWithin(Duration time) {
        try {
            return stop.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
