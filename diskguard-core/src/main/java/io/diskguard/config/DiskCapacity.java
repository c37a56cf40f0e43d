/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.OptionalLong;

/**
 * What a disk can do in each direction, where the operator says it. Immutable; thread-safe.
 *
 * @param iops operations a second, at least 1
 * @param bps bytes a second, at least 1
 */
public record DiskCapacity(OptionalLong iops, OptionalLong bps) {
    /** Nothing is known of it. */
    public static final DiskCapacity UNKNOWN = new DiskCapacity(OptionalLong.empty(), OptionalLong.empty());

    /** @throws IllegalArgumentException if a number is less than 1 */
    public DiskCapacity {
        if (iops.orElse(1) < 1 || bps.orElse(1) < 1) {
            throw new IllegalArgumentException("a disk does at least 1 a second, was " + iops + " and " + bps);
        }
    }
}
