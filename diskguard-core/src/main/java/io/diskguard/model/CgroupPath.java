/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Optional;

/**
 * A cgroup's path inside its hierarchy, as {@code /proc/<pid>/cgroup} writes it: absolute, {@code /} for the root, no
 * trailing slash, no {@code .} or {@code ..} component. Immutable.
 */
public record CgroupPath(String value) implements Comparable<CgroupPath> {
    /** The hierarchy's root cgroup. */
    public static final CgroupPath ROOT = new CgroupPath("/");

    /** @throws IllegalArgumentException if the text is not such a path */
    public CgroupPath {
        if (!value.startsWith("/") || value.length() > 1 && !isClean(value)) {
            throw new IllegalArgumentException("not a cgroup path: \"" + value + "\", expected /a/b without . or ..");
        }
    }

    /** @throws IllegalArgumentException if the name is not one path component */
    public CgroupPath child(String name) {
        if (name.contains("/")) {
            throw new IllegalArgumentException("not a cgroup's name: \"" + name + "\"");
        }
        return new CgroupPath(isRoot() ? "/" + name : value + "/" + name);
    }

    /** The cgroup above; empty for the root. */
    public Optional<CgroupPath> parent() {
        if (isRoot()) {
            return Optional.empty();
        }
        var slash = value.lastIndexOf('/');
        return Optional.of(slash == 0 ? ROOT : new CgroupPath(value.substring(0, slash)));
    }

    /** The last component; empty text for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    public boolean isRoot() {
        return value.length() == 1;
    }

    /** Whether this is {@code ancestor} or lies below it. */
    public boolean isWithin(CgroupPath ancestor) {
        return ancestor.isRoot()
                || value.startsWith(ancestor.value)
                        && (value.length() == ancestor.value.length() || value.charAt(ancestor.value.length()) == '/');
    }

    @Override
    public int compareTo(CgroupPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Made for each cgroup of the node every half minute, so it allocates nothing. */
    private static boolean isClean(String path) {
        int begin = 1;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == 0 || c == '\n') {
                return false;
            }
            if (c == '/') {
                if (!isName(path, begin, i)) {
                    return false;
                }
                begin = i + 1;
            }
        }
        return isName(path, begin, path.length());
    }

    private static boolean isName(String path, int begin, int end) {
        return switch (end - begin) {
            case 0 -> false;
            case 1 -> path.charAt(begin) != '.';
            case 2 -> !path.startsWith("..", begin);
            default -> true;
        };
    }
}
