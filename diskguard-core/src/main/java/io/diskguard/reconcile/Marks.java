/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.FsResult;

/** Where marks are kept. Thread-safe. */
interface Marks {
    /** The cgroup's mark. */
    MarkReading read(CgroupPath cgroup);

    /** Keeps the mark, durably; an empty one is removed. */
    FsResult write(CgroupPath cgroup, Mark mark);
}
