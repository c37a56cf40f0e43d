/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DiskUse;
import java.util.List;

/**
 * The disks on which a container is to be limited. Immutable.
 *
 * @param disks each once; none for a container that is excluded
 * @param complete whether they are all: then ours on any other is taken back
 * @param tentative whether what the container has on them is not known yet: then ours stays as it is
 */
public record Uses(List<DiskUse> disks, boolean complete, boolean tentative) {
    /** Of a container that is never limited. */
    public static final Uses EXCLUDED = new Uses(List.of(), true, false);

    /** @throws IllegalArgumentException if they are said to be all and not known */
    public Uses {
        disks = List.copyOf(disks);
        if (complete && tentative) {
            throw new IllegalArgumentException("what is not known yet is not complete");
        }
    }
}
