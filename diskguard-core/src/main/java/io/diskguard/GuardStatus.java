/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.device.DiskResolution;
import io.diskguard.spi.PodSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What the guard knows now. Immutable.
 *
 * @param late how long the loop has been due to do something and has not: it hangs where this grows
 */
public record GuardStatus(PodSource.Snapshot pods, Collection<DiskResolution> disks, Duration late) {
    public GuardStatus {
        disks = List.copyOf(disks);
    }

    /** Whether the node's pods are all known and every configured disk was found. */
    public boolean isReady() {
        return pods instanceof PodSource.Snapshot.Synced synced && synced.complete() && areDisksFound();
    }

    /** Whether every configured disk was found; not before the first turn. */
    public boolean areDisksFound() {
        return !disks.isEmpty() && disks.stream().allMatch(DiskResolution.Found.class::isInstance);
    }
}
