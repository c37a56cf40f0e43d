/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;

/** A disk that an IO passes, and which part of its reads and writes: each layer counts and throttles by itself. */
record Layer(DeviceId disk, double reads, double writes) {
    double share(boolean read) {
        return read ? reads : writes;
    }

    Counters of(Counters io) {
        return reads == 1 && writes == 1
                ? io
                : new Counters(
                        Math.round(io.reads() * reads),
                        Math.round(io.writes() * writes),
                        Math.round(io.readBytes() * reads),
                        Math.round(io.writtenBytes() * writes));
    }
}
