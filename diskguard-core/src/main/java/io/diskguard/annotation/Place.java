/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskUse;
import java.util.Optional;

/** Which disks a rule is for. Immutable. */
sealed interface Place {
    boolean isOn(DiskUse use);

    /** Whether the rule names it: then it is for a disk that is not configured, too. */
    default boolean isNamed() {
        return true;
    }

    /** Whether it is something that a container has on a disk; two such places may be on one disk. */
    default boolean belongsToContainer() {
        return false;
    }

    /** As explain shows it; empty for every disk. */
    String words();

    /** Every configured disk. */
    record Anywhere() implements Place {
        @Override
        public boolean isOn(DiskUse use) {
            return use.guarded();
        }

        @Override
        public boolean isNamed() {
            return false;
        }

        @Override
        public String words() {
            return "";
        }
    }

    /** The disk that holds one of the pod's volumes. */
    record Volume(String name) implements Place {
        @Override
        public boolean isOn(DiskUse use) {
            return use.volumes().contains(name);
        }

        @Override
        public boolean belongsToContainer() {
            return true;
        }

        @Override
        public String words() {
            return "volume " + name;
        }
    }

    /** The disk that the container's root file system writes to. */
    record Rootfs() implements Place {
        @Override
        public boolean isOn(DiskUse use) {
            return use.rootfs();
        }

        @Override
        public boolean belongsToContainer() {
            return true;
        }

        @Override
        public String words() {
            return "rootfs";
        }
    }

    /** One disk, by kernel name or number. */
    record Device(String text, Optional<DeviceId> id) implements Place {
        Device(String text) {
            this(text, DeviceId.parse(text));
        }

        @Override
        public boolean isOn(DiskUse use) {
            return id.map(use.disk().id()::equals)
                    .orElseGet(() -> use.disk().name().equals(text));
        }

        @Override
        public String words() {
            return "device " + text;
        }
    }
}
