/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Sample;
import java.util.Map;
import java.util.TreeMap;

/** What a source says of one cgroup: counters by disk. */
record Sampled(Sample sample, Map<String, IoCounters> disks) {
    static Sampled of(IoStatsSource source, String cgroup) {
        var disks = new TreeMap<String, IoCounters>();
        var sample = source.sample(new CgroupPath(cgroup), (disk, rbytes, wbytes, rios, wios) -> {
            if (disks.put(disk.toString(), new IoCounters(rbytes, wbytes, rios, wios)) != null) {
                throw new AssertionError(disk + " came twice");
            }
        });
        return new Sampled(sample, disks);
    }

    String reason() {
        return ((Sample.Unavailable) sample).reason();
    }
}
