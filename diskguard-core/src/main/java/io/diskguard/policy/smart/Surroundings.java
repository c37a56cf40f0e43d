/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;

/** What a smart decision depends on besides the load. */
public interface Surroundings {
    /** What holds for the container on the disk without any smart limit. */
    IoLimit statics(ContainerKey container, Disk disk);

    /** What the disk can do. */
    DiskCapacity capacity(Disk disk);
}
