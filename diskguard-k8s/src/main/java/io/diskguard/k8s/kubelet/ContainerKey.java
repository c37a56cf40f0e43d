/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

/**
 * What a cgroup's path is known by: the container's id where its last component has one, bare as the cgroupfs driver makes
 * it, or with the runtime's name before and {@code .scope} after it as the systemd driver does; else the path. So a
 * kubelet that sees its containers below another root is understood, while pods and slices stay what they are.
 */
final class ContainerKey {
    private static final int ID = 64;
    private static final byte[] SCOPE = {'.', 's', 'c', 'o', 'p', 'e'};
    /** CRI-O's monitor of a container has a scope of its own beside it. */
    private static final byte[] MONITOR = {'c', 'o', 'n', 'm', 'o', 'n', '-'};

    private int from;
    private int to;

    /** Looks at a path. */
    void of(byte[] bytes, int begin, int end) {
        from = begin;
        to = end;
        var last = endsWith(bytes, begin, end, SCOPE) ? end - SCOPE.length : end;
        var first = last - ID;
        if (first <= begin || !isHex(bytes, first, last)) {
            return;
        }
        var bare = bytes[first - 1] == '/' && last == end;
        var scoped = bytes[first - 1] == '-' && last != end && !endsWith(bytes, begin, first, MONITOR);
        if (bare || scoped) {
            from = first;
            to = last;
        }
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    private static boolean endsWith(byte[] bytes, int begin, int end, byte[] suffix) {
        var at = end - suffix.length;
        if (at < begin) {
            return false;
        }
        for (var i = 0; i < suffix.length; i++) {
            if (bytes[at + i] != suffix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(byte[] bytes, int begin, int end) {
        for (var i = begin; i < end; i++) {
            var c = bytes[i];
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
