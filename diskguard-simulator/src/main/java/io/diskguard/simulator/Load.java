/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.model.LimitKey;

/**
 * What a container would do on a disk if nothing held it back: operations and bytes a second. Immutable.
 */
public record Load(DeviceId disk, long riops, long wiops, long rbps, long wbps) {
    /** @throws IllegalArgumentException if a rate is negative */
    public Load {
        if (riops < 0 || wiops < 0 || rbps < 0 || wbps < 0) {
            throw new IllegalArgumentException("a load is never negative");
        }
    }

    /** Nothing at all. */
    public static Load idle(DeviceId disk) {
        return new Load(disk, 0, 0, 0, 0);
    }

    /** So many reads a second, each of {@code bytes}. */
    public static Load reading(DeviceId disk, long riops, long bytes) {
        return new Load(disk, riops, 0, Math.multiplyExact(riops, bytes), 0);
    }

    /** So many writes a second, each of {@code bytes}. */
    public static Load writing(DeviceId disk, long wiops, long bytes) {
        return new Load(disk, 0, wiops, 0, Math.multiplyExact(wiops, bytes));
    }

    long get(LimitKey key) {
        return switch (key) {
            case RIOPS -> riops;
            case WIOPS -> wiops;
            case RBPS -> rbps;
            case WBPS -> wbps;
        };
    }
}
