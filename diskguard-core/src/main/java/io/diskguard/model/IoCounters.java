/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * What a cgroup did on one disk since it was made: bytes and operations, as {@code io.stat} counts them. Immutable.
 */
public record IoCounters(long rbytes, long wbytes, long rios, long wios) {
    /** @throws IllegalArgumentException if a counter is negative */
    public IoCounters {
        if (rbytes < 0 || wbytes < 0 || rios < 0 || wios < 0) {
            throw new IllegalArgumentException("a counter is never negative");
        }
    }
}
