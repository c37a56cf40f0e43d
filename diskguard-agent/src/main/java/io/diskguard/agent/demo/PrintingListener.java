/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.device.DiskResolution;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.Decision;
import io.diskguard.reconcile.Action;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.Target;
import io.diskguard.simulator.ManualClock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;

/** Prints decisions as they fall, with the simulated time. Not thread-safe. */
final class PrintingListener implements DiskGuardListener {
    private final PrintWriter out;
    private final ManualClock clock;

    PrintingListener(PrintWriter out, ManualClock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void diskResolved(DiskResolution resolution) {
        if (resolution instanceof DiskResolution.Found found) {
            print(found.asked() + " is on disk " + found.disks().get(0));
        }
    }

    @Override
    public void limitApplied(Action.Apply action) {
        print("limit  " + action.target().name() + ": " + numbers(action.decision()));
    }

    @Override
    public void driftRepaired(Action.Apply action) {
        print("repair " + action.target().name() + ": was " + action.before() + ", is again "
                + numbers(action.decision()));
    }

    @Override
    public void limitCleared(Action.Clear action) {
        print("clear  "
                + action.target().map(Target::name).orElseGet(() -> action.cgroup()
                        .value()));
    }

    private void print(String line) {
        var second = Duration.between(ManualClock.START, clock.instant()).toSeconds();
        out.printf("  [%3d s] %s%n", second, line);
        out.flush();
    }

    private static String numbers(Decision decision) {
        var numbers = new ArrayList<String>();
        for (var key : LimitKey.values()) {
            var rate = decision.limit().get(key);
            if (!rate.isUnlimited()) {
                numbers.add(key.key() + "=" + rate + " (" + decision.origin(key) + ")");
            }
        }
        return decision.limit().equals(IoLimit.UNLIMITED) ? "none" : String.join(", ", numbers);
    }
}
