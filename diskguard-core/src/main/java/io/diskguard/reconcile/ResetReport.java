/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import java.util.List;

/** What a reset did. Immutable. */
public record ResetReport(List<Row> cleared, List<Failure> failed, List<Row> leftAlone) {
    public ResetReport {
        cleared = List.copyOf(cleared);
        failed = List.copyOf(failed);
        leftAlone = List.copyOf(leftAlone);
    }

    /** @param limit what the kernel had before */
    public record Row(CgroupPath cgroup, DeviceId device, IoLimit limit) {}

    public record Failure(Row row, String reason) {}
}
