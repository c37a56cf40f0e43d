/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Load;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;

/** So many reads and writes, and no other, of a process on a disk without file system. */
final class SpareDisk {
    private SpareDisk() {}

    static void read(Cgroups cgroups, CgroupPath cgroup, DeviceId disk, int times, int bytes) {
        dd(cgroups, cgroup, times, bytes, "if=" + node(disk), "of=/dev/null", "iflag=direct");
    }

    static void write(Cgroups cgroups, CgroupPath cgroup, DeviceId disk, int times, int bytes) {
        dd(cgroups, cgroup, times, bytes, "if=/dev/zero", "of=" + node(disk), "oflag=direct", "conv=notrunc");
    }

    private static String node(DeviceId disk) {
        return Machine.paths().dev().resolve("block").resolve(disk.toString()).toString();
    }

    private static void dd(Cgroups cgroups, CgroupPath cgroup, int times, int bytes, String... words) {
        var command = new String[words.length + 4];
        command[0] = "dd";
        command[1] = "status=none";
        command[2] = "bs=" + bytes;
        command[3] = "count=" + times;
        System.arraycopy(words, 0, command, 4, words.length);
        try (var dd = Load.run(cgroups, cgroup, command)) {
            var status = dd.end();
            if (status != 0) {
                throw new AssertionError("dd " + String.join(" ", command) + " ended with " + status);
            }
        }
    }
}
