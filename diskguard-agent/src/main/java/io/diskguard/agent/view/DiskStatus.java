/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import java.util.List;
import java.util.Optional;

/**
 * A disk that is guarded, or that a container is limited on. Immutable.
 *
 * @param where mounts and devices that name it in the configuration; none where a pod's owner does
 * @param rates between the last two rounds of sampling; empty where there were no two, or the kernel does not say
 * @param countingOff why the load on it is not seen, if it is not
 */
public record DiskStatus(
        Disk disk, List<String> where, Optional<DiskActivity.Rates> rates, Optional<String> countingOff) {
    public DiskStatus {
        where = List.copyOf(where);
    }
}
