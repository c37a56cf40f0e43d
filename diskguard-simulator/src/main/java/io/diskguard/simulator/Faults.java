/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What goes wrong in a simulated hierarchy. A place is a cgroup's path, with the control file behind it where there is one
 * ({@code /kubepods/burstable/pod1/app/io.max}); in a pattern {@code *} stands for any characters but {@code /}, {@code **}
 * for any at all. Thread-safe.
 */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    Faults() {}

    /** From now on the operation fails so at each place that matches. */
    public Faults fail(Operation operation, String pattern, Errno errno) {
        return fail(operation, pattern, errno, Integer.MAX_VALUE);
    }

    /** The next so many times the operation fails so at a place that matches. */
    public synchronized Faults fail(Operation operation, String pattern, Errno errno, int times) {
        faults.add(new Fault(operation, regex(pattern), Optional.of(errno), () -> {}, times));
        return this;
    }

    /**
     * Something happens right before the next such operation at a place that matches, once: a cgroup that vanishes between
     * two calls. It may use the hierarchy.
     */
    public synchronized Faults before(Operation operation, String pattern, Runnable happens) {
        faults.add(new Fault(operation, regex(pattern), Optional.empty(), happens, 1));
        return this;
    }

    /** Takes every fault back. */
    public synchronized void clear() {
        faults.clear();
    }

    /** Lets happen what is to happen before the operation, and says how it is to fail; empty if it is not to. */
    Optional<Errno> due(Operation operation, CgroupPath cgroup, String file) {
        var place = (cgroup.isRoot() ? "" : cgroup.value()) + (file.isEmpty() ? "" : "/" + file);
        var errno = Optional.<Errno>empty();
        for (var fault : take(operation, place)) {
            fault.happens.run();
            errno = errno.or(() -> fault.errno);
        }
        return errno;
    }

    private synchronized List<Fault> take(Operation operation, String place) {
        var due = faults.stream()
                .filter(fault -> fault.operation == operation
                        && fault.places.matcher(place).matches())
                .toList();
        due.forEach(fault -> fault.left--);
        faults.removeIf(fault -> fault.left <= 0);
        return due;
    }

    private static Pattern regex(String pattern) {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.length(); i++) {
            if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (pattern.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(pattern.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static final class Fault {
        private final Operation operation;
        private final Pattern places;
        private final Optional<Errno> errno;
        private final Runnable happens;
        private int left;

        Fault(Operation operation, Pattern places, Optional<Errno> errno, Runnable happens, int times) {
            this.operation = operation;
            this.places = places;
            this.errno = errno;
            this.happens = happens;
            this.left = times;
        }
    }
}
