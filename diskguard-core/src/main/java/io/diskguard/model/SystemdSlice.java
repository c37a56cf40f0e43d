/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slice by its name, which says where systemd puts it: {@code a-b.slice} lies in {@code a.slice} (systemd.slice(5); runc
 * {@code libcontainer/cgroups/systemd} {@code ExpandSlice}). Immutable.
 *
 * @param name with its suffix, such as {@code kubepods-burstable.slice}; {@code -.slice} is the root
 */
public record SystemdSlice(String name) {
    private static final String SUFFIX = ".slice";
    private static final String ROOT = "-" + SUFFIX;

    /** @throws IllegalArgumentException if systemd has no such name */
    public SystemdSlice {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a slice: \"" + name + "\", expected a-b.slice");
        }
    }

    /** Reads {@code a-b.slice}; empty if the text is none. */
    public static Optional<SystemdSlice> parse(String text) {
        return isName(text) ? Optional.of(new SystemdSlice(text)) : Optional.empty();
    }

    /** The names of the slices on the way to it, outermost first, itself last; none for the root. */
    public List<String> lineage() {
        var names = new ArrayList<String>();
        if (!name.equals(ROOT)) {
            var stem = name.length() - SUFFIX.length();
            for (var dash = name.indexOf('-'); dash > 0 && dash < stem; dash = name.indexOf('-', dash + 1)) {
                names.add(name.substring(0, dash) + SUFFIX);
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    /** Where it is in a hierarchy that systemd manages from its root. */
    public CgroupPath path() {
        var path = CgroupPath.ROOT;
        for (var slice : lineage()) {
            path = path.child(slice);
        }
        return path;
    }

    private static boolean isName(String text) {
        if (text.equals(ROOT)) {
            return true;
        }
        var stem = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : "";
        return !stem.isEmpty()
                && !stem.startsWith("-")
                && !stem.endsWith("-")
                && !stem.contains("--")
                && stem.chars().noneMatch(c -> c == '/' || c == 0 || c == '\n');
    }
}
