/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.config.DiskSettings;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import io.diskguard.model.Disk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The disks that are limited, looked up anew at each resync. One that was found stays in force while it cannot be found:
 * a mount that is away for a moment loses no limit; a disk that is gone took its limits along. Used by the loop's thread; {@link #answers()} by any.
 */
final class Disks {
    private final DeviceResolver resolver;
    private DiskSettings settings;
    private Capacities capacities;
    private final Map<String, DiskResolution.Found> found = new LinkedHashMap<>();
    private SortedSet<Disk> inForce = new TreeSet<>();
    private volatile List<DiskResolution> answers = List.of();

    Disks(DeviceResolver resolver, DiskSettings settings) {
        this.resolver = resolver;
        this.settings = settings;
        this.capacities = new Capacities(settings);
    }

    /** From the next {@link #refresh} on these; what they name no more is not in force then, whether or not it is there. */
    void reconfigure(DiskSettings next) {
        settings = next;
        capacities = new Capacities(next);
        found.keySet()
                .removeIf(asked ->
                        !next.mounts().contains(asked) && !next.devices().contains(asked));
    }

    /** Looks all of them up; the answers that are other than last time. */
    List<DiskResolution> refresh() {
        var fresh = new ArrayList<DiskResolution>();
        var host = resolver.look();
        settings.mounts().forEach(mount -> fresh.add(host.ofMount(mount)));
        settings.devices().forEach(device -> fresh.add(host.ofDevice(device)));
        for (var answer : fresh) {
            if (answer instanceof DiskResolution.Found disk) {
                found.put(disk.asked(), disk);
            }
        }
        capacities.refresh(resolver);
        var changed = fresh.stream().filter(answer -> !answers.contains(answer)).toList();
        answers = List.copyOf(fresh);
        inForce = found.values().stream()
                .flatMap(answer -> answer.disks().stream())
                .filter(disk -> resolver.exists(disk.id()))
                .collect(Collectors.toCollection(TreeSet::new));
        return changed;
    }

    /** The disks in force, each once. */
    SortedSet<Disk> inForce() {
        return inForce;
    }

    /** What each can do, as far as it was said. */
    Capacities capacities() {
        return capacities;
    }

    /**
     * Whether some were found and none is missing. Otherwise a marked limit on a disk that is not in force may be on one
     * that is only not found yet.
     */
    boolean areAllKnown() {
        return !found.isEmpty()
                && answers.stream()
                        .noneMatch(answer ->
                                answer instanceof DiskResolution.Missing && !found.containsKey(answer.asked()));
    }

    /** The newest answer for each configured mount and device. */
    Collection<DiskResolution> answers() {
        return answers;
    }
}
