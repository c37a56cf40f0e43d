/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CgroupFs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each cgroup may have in the kernel, compared with what it has after each write. Thread-safe. */
final class Ledger {
    private final CgroupDriver kernel;
    private final DeviceId disk;
    private final Map<CgroupPath, Wish> wishes = new LinkedHashMap<>();
    private final Set<String> violations = new LinkedHashSet<>();

    private static final class Wish {
        private final Set<IoLimit> allowed = new LinkedHashSet<>();
        private IoLimit wanted = IoLimit.UNLIMITED;
        /** It had what it was to have: nothing takes that away. */
        private boolean settled;

        private boolean anyLimit;
    }

    Ledger(CgroupDriver kernel, DeviceId disk) {
        this.kernel = kernel;
        this.disk = disk;
    }

    /** From now on the cgroup is to have this; what it was to have before is no error either. */
    synchronized void wants(CgroupPath cgroup, IoLimit limit) {
        var wish = wishes.computeIfAbsent(cgroup, none -> new Wish());
        wish.wanted = limit;
        wish.allowed.add(limit);
        wish.settled &= !limit.isUnlimited();
    }

    /** The same of all that were to have that. */
    synchronized void changeAll(IoLimit from, IoLimit to) {
        wishes.forEach((cgroup, wish) -> {
            if (wish.wanted.equals(from)) {
                wants(cgroup, to);
            }
        });
    }

    /** The cgroup may have that too. */
    synchronized void mayHave(CgroupPath cgroup, IoLimit limit) {
        wishes.get(cgroup).allowed.add(limit);
    }

    /** The cgroup is to have some limit of writes, and never none once it has one. */
    synchronized void wantsAny(CgroupPath cgroup) {
        wishes.computeIfAbsent(cgroup, none -> new Wish()).anyLimit = true;
    }

    /** Looks at what the cgroup has now. */
    synchronized void look(CgroupPath cgroup) {
        if (kernel.read(cgroup) instanceof ReadResult.Found found) {
            found.limits().devices().stream()
                    .filter(device -> !device.equals(disk))
                    .forEach(device -> violations.add(cgroup + " has a limit on " + device));
            look(cgroup, found.limits().get(disk));
        }
    }

    private void look(CgroupPath cgroup, IoLimit actual) {
        var wish = wishes.getOrDefault(cgroup, new Wish());
        for (var key : LimitKey.values()) {
            if (!isAllowed(wish, key, actual.get(key))) {
                violations.add(cgroup + " has " + actual + ", allowed was " + wish.allowed
                        + (wish.settled ? ", and it had it" : ""));
            }
        }
        if (!actual.isUnlimited() && !isMarked(cgroup)) {
            violations.add(cgroup + " has " + actual + " and no mark");
        }
    }

    private static boolean isAllowed(Wish wish, LimitKey key, Rate rate) {
        if (wish.anyLimit) {
            return key != LimitKey.WIOPS || !rate.isUnlimited() || !wish.settled;
        }
        return rate.isUnlimited() && !wish.settled
                || wish.allowed.stream().anyMatch(limit -> limit.get(key).equals(rate));
    }

    private boolean isMarked(CgroupPath cgroup) {
        return kernel.hierarchy().attribute(cgroup, "diskguard") instanceof AttributeResult.Present mark
                && mark.value().contains("\"" + disk + "\"");
    }

    /** All is as it should be: no limit that is there now goes before it is to go. */
    synchronized void settle() {
        wishes.values().forEach(wish -> wish.settled = wish.anyLimit || !wish.wanted.isUnlimited());
    }

    /** What was ever in the kernel and should not have been. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** What is not as it should be now. */
    synchronized List<String> differences() {
        var found = new ArrayList<String>();
        wishes.forEach((cgroup, wish) -> difference(kernel.hierarchy(), cgroup, wish, found));
        return found;
    }

    /** What had its limit and has none now, though it is to have one. */
    synchronized List<String> missing() {
        var found = new ArrayList<String>();
        wishes.forEach((cgroup, wish) -> {
            if (wish.settled
                    && kernel.read(cgroup) instanceof ReadResult.Found read
                    && read.limits().get(disk).isUnlimited()) {
                found.add(cgroup + " has no limit any more");
            }
        });
        return found;
    }

    /** Of the cgroups in whose path that stands. */
    synchronized List<String> differences(String which) {
        var found = new ArrayList<String>();
        wishes.forEach((cgroup, wish) -> {
            if (cgroup.value().contains(which)) {
                difference(kernel.hierarchy(), cgroup, wish, found);
            }
        });
        return found;
    }

    private void difference(CgroupFs fs, CgroupPath cgroup, Wish wish, List<String> found) {
        if (!fs.exists(cgroup)) {
            return;
        }
        var actual = ((ReadResult.Found) kernel.read(cgroup)).limits().get(disk);
        if (wish.anyLimit ? actual.wiops().isUnlimited() : !actual.equals(wish.wanted)) {
            found.add(cgroup + " has " + actual + ", wanted " + (wish.anyLimit ? "some limit" : wish.wanted));
        }
        if (isMarked(cgroup) == actual.isUnlimited()) {
            found.add(cgroup + " has " + actual + " and is " + (isMarked(cgroup) ? "" : "not ") + "marked");
        }
    }
}
