/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.Disk;
import java.util.Set;
import java.util.TreeSet;

/** Which containers and disks there were, some of them by name. Not thread-safe. */
final class Sights {
    private static final int NAMED = 20;

    private final Scope scope;
    private final Set<String> containers = new TreeSet<>();
    private final Set<Disk> disks = new TreeSet<>();
    private boolean isMore;
    private boolean isMatched;

    Sights(Scope scope) {
        this.scope = scope;
    }

    /** @return whether it is to be told of */
    boolean see(String container, Disk disk) {
        if (scope.has(container, disk)) {
            isMatched = true;
            return true;
        }
        if (!isMatched) {
            add(containers, container);
            add(disks, disk);
        }
        return false;
    }

    private <T> void add(Set<T> to, T what) {
        if (to.size() < NAMED) {
            to.add(what);
        } else if (!to.contains(what)) {
            isMore = true;
        }
    }

    /** @throws NothingMatchesException if there was something, and nothing of it is to be told of */
    void mustMatch(String where) throws NothingMatchesException {
        if (!isMatched && !containers.isEmpty()) {
            throw new NothingMatchesException("nothing in " + where + " is what --container or --disk names; there is "
                    + String.join(", ", containers) + " on "
                    + String.join(", ", disks.stream().map(Disk::toString).toList()) + (isMore ? ", and more" : ""));
        }
    }
}
