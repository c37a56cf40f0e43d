/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoPressure;
import java.util.Optional;

/** Tells whether disks are contended. Not thread-safe: one thread samples. */
public interface IoSignals {
    /** How much the cgroup's tasks waited for IO. */
    Signal<IoPressure> ofCgroup(CgroupPath cgroup);

    /** How much the whole node's tasks waited for IO. */
    Signal<IoPressure> ofNode();

    /** What the disk did since it was plugged in. */
    Signal<DiskActivity> activity(DeviceId disk);

    /** What reading one gave. Immutable. */
    sealed interface Signal<T> {
        /** The value, if there is one. */
        default Optional<T> toOptional() {
            return this instanceof Known<T> known ? Optional.of(known.value) : Optional.empty();
        }

        record Known<T>(T value) implements Signal<T> {}

        /** The cgroup or the disk is not there any more. */
        record Gone<T>() implements Signal<T> {}

        /** The kernel does not say. */
        record Unavailable<T>(String reason) implements Signal<T> {}
    }
}
