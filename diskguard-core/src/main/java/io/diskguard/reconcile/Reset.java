/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.util.ArrayList;
import java.util.List;

/** Takes back every limit that is marked as ours, wherever its cgroup is; limits without a mark are left alone. */
final class Reset {
    private final CgroupDriver driver;
    private final Marks marks;
    private final PlanExecutor executor;
    private final boolean dryRun;
    private final List<ResetReport.Row> cleared = new ArrayList<>();
    private final List<ResetReport.Failure> failed = new ArrayList<>();
    private final List<ResetReport.Row> leftAlone = new ArrayList<>();

    Reset(CgroupDriver driver, Marks marks, PlanExecutor executor, boolean dryRun) {
        this.driver = driver;
        this.marks = marks;
        this.executor = executor;
        this.dryRun = dryRun;
    }

    ResetReport run() {
        CgroupWalk.visit(driver.hierarchy(), this::visit);
        return new ResetReport(cleared, failed, leftAlone);
    }

    private void visit(CgroupPath cgroup) {
        var reading = marks.read(cgroup);
        if (reading instanceof MarkReading.Unreadable unreadable) {
            unmarked(cgroup, unreadable.reason());
        } else if (reading instanceof MarkReading.Known known) {
            visit(cgroup, known.mark());
        }
    }

    /** Whose the limits are is not known: each is reported, none cleared. */
    private void unmarked(CgroupPath cgroup, String reason) {
        if (driver.read(cgroup) instanceof ReadResult.Found found) {
            found.limits()
                    .devices()
                    .forEach(device -> failed(
                            new ResetReport.Row(cgroup, device, found.limits().get(device)), reason));
        }
    }

    private void visit(CgroupPath cgroup, Mark mark) {
        var ours = mark.entries().keySet();
        var read = driver.read(cgroup);
        if (read instanceof ReadResult.Failed failed) {
            mark.entries()
                    .forEach((device, entry) ->
                            failed(new ResetReport.Row(cgroup, device, entry.limit()), failed.detail()));
        } else if (read instanceof ReadResult.Found found) {
            ours.forEach(device ->
                    clear(new ResetReport.Row(cgroup, device, found.limits().get(device))));
            found.limits().devices().stream()
                    .filter(device -> !ours.contains(device))
                    .forEach(device -> leave(cgroup, device, found));
        }
    }

    private void leave(CgroupPath cgroup, DeviceId device, ReadResult.Found found) {
        leftAlone.add(new ResetReport.Row(cgroup, device, found.limits().get(device)));
    }

    private void failed(ResetReport.Row row, String reason) {
        failed.add(new ResetReport.Failure(row, reason));
    }

    private void clear(ResetReport.Row row) {
        var outcome = dryRun ? new Outcome.Verified() : executor.clear(row.cgroup(), row.device());
        if (outcome instanceof Outcome.Retry retry) {
            failed(row, retry.reason());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            failed(row, rejected.detail());
        } else {
            cleared.add(row);
        }
    }
}
