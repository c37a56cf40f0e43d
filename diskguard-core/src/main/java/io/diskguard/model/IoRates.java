/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * What a container did on a disk in some stretch of time: operations and bytes a second. Immutable.
 */
public record IoRates(double riops, double wiops, double rbps, double wbps) {
    /** Nothing. */
    public static final IoRates ZERO = new IoRates(0, 0, 0, 0);

    /** @throws IllegalArgumentException if a rate is negative or not a number */
    public IoRates {
        if (!(riops >= 0 && wiops >= 0 && rbps >= 0 && wbps >= 0)) {
            throw new IllegalArgumentException(
                    "a rate is never negative, was " + riops + " " + wiops + " " + rbps + " " + wbps);
        }
    }

    public double get(LimitKey key) {
        return key.isOperations() ? (key.isRead() ? riops : wiops) : (key.isRead() ? rbps : wbps);
    }
}
