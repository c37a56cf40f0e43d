/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.signal;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.model.DiskActivity;
import java.util.Optional;

/**
 * One line of numbers: reads, reads merged, sectors read, ms reading, the same for writes, in flight, ms busy, ms
 * weighted; newer kernels have discards and flushes behind, which are not looked at.
 */
final class DiskStatText {
    private static final int FIELDS = 11;

    private DiskStatText() {}

    /** Empty if there are not that many numbers. */
    static Optional<DiskActivity> read(ControlFileCursor cursor) {
        var field = new long[FIELDS];
        for (var i = 0; i < FIELDS; i++) {
            if (!cursor.next() || !cursor.hasNumber()) {
                return Optional.empty();
            }
            field[i] = cursor.unsigned();
        }
        return Optional.of(new DiskActivity(
                field[0], field[2], field[3], field[4], field[6], field[7], field[8], field[9], field[10]));
    }
}
