/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.device.DiskResolution;
import io.diskguard.spi.PodSource;
import java.util.Collection;
import java.util.List;

/** What the guard knows now. Immutable. */
public record GuardStatus(PodSource.Snapshot pods, Collection<DiskResolution> disks) {
    public GuardStatus {
        disks = List.copyOf(disks);
    }

    /** Whether the pods are known and every configured disk was found. */
    public boolean isReady() {
        return pods instanceof PodSource.Snapshot.Synced
                && !disks.isEmpty()
                && disks.stream().allMatch(DiskResolution.Found.class::isInstance);
    }
}
