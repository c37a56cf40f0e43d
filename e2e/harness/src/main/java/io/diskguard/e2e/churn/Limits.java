/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.util.List;

/** What the kernel must have for one container on the one disk, in the order of {@link #FILES}; 0: no line. */
record Limits(List<Long> values) {
    static final List<String> FILES =
            List.of("read_iops_device", "write_iops_device", "read_bps_device", "write_bps_device");
    static final Limits NONE = new Limits(List.of(0L, 0L, 0L, 0L));

    Limits {
        values = List.copyOf(values);
    }

    static Limits of(long riops, long wiops, long rbps, long wbps) {
        return new Limits(List.of(riops, wiops, rbps, wbps));
    }

    long get(int file) {
        return values.get(file);
    }
}
