/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.Kernel;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.Disk;
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

/**
 * The node that is looked at.
 *
 * @param stop ends waiting
 */
record Subject(Preparation node, StopSignal stop) {
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
