/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import java.util.List;
import java.util.Map;

/** What differs between the two versions of cgroups: the control files and how limits and counters go up the tree. */
sealed interface KernelRules permits V1Rules, V2Rules {
    boolean hasFile(Cgroup cgroup, String file);

    /** @throws Refused if the file cannot be read; the file is there */
    String read(Cgroup cgroup, String file) throws Refused;

    /** @throws Refused with the kernel's errno; no limit has changed then; the file is there */
    void write(Cgroup cgroup, String file, String line) throws Refused;

    void count(Cgroup cgroup, DeviceId device, Counters io);

    /** The cgroups whose limits an IO in this cgroup has to pass. */
    List<Cgroup> throttling(Cgroup cgroup);

    /** Switches the IO controller on for the children of this cgroup, where that is needed. */
    void delegate(Cgroup parent);

    /** A file that a cgroup has exactly if limits can be set for it. */
    String limitFile();

    /** What to write to which file so that the disk has this limit. */
    Map<String, String> lines(DeviceId device, IoLimit limit);
}
