/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.LinkedHashMap;
import java.util.Map;

/** The text of a mountinfo file, written in the order of mounting: each mount is attached to the one that its mount point is on. */
final class Mounts {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> newest = new LinkedHashMap<>();
    private int next = 20;

    /** A file system with a block device number, or an anonymous one (major 0). */
    Mounts at(String mountPoint, String number, String type, String source) {
        return at(mountPoint, number, type, source, "rw");
    }

    /** The same with options of the file system. */
    Mounts at(String mountPoint, String number, String type, String source, String options) {
        return bind(mountPoint, number, "/", type, source, options);
    }

    /** A directory of a file system. */
    Mounts bind(String mountPoint, String number, String root, String type, String source, String options) {
        var id = next++;
        return line("%d %d %s %s %s rw,relatime shared:%d master:1 - %s %s %s"
                .formatted(id, parent(id, mountPoint), number, root, mountPoint, id, type, source, options));
    }

    /** Any line. */
    Mounts line(String line) {
        text.append(line).append('\n');
        return this;
    }

    private int parent(int id, String mountPoint) {
        var parent = 1;
        var longest = 0;
        for (var mount : newest.entrySet()) {
            var point = mount.getKey();
            var contains = point.equals("/") || mountPoint.equals(point) || mountPoint.startsWith(point + "/");
            if (contains && point.length() >= longest) {
                longest = point.length();
                parent = mount.getValue();
            }
        }
        newest.put(mountPoint, id);
        return parent;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
