/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import java.util.List;

/** What the kernel must have for one container on the one disk, in the order of {@link #FILES}; 0: no line. */
public record Limits(List<Long> values) {
    public static final List<String> FILES =
            List.of("read_iops_device", "write_iops_device", "read_bps_device", "write_bps_device");
    public static final Limits NONE = new Limits(List.of(0L, 0L, 0L, 0L));

    public Limits {
        values = List.copyOf(values);
    }

    public static Limits of(long riops, long wiops, long rbps, long wbps) {
        return new Limits(List.of(riops, wiops, rbps, wbps));
    }

    public long get(int file) {
        return values.get(file);
    }
}
