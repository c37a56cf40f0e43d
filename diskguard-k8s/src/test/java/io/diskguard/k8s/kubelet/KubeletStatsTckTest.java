/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;
import io.diskguard.testkit.CgroupFixture;
import io.diskguard.testkit.IoStatsFixture;
import io.diskguard.testkit.IoStatsSourceTck;
import io.diskguard.testkit.SimulatedCgroups;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

class KubeletStatsTckTest extends IoStatsSourceTck {
    private static final Pattern LINE = Pattern.compile("8:0 rbytes=(\\d+) wbytes=(\\d+) rios=(\\d+) wios=(\\d+)");

    @TempDir
    Path directory;

    @Override
    protected IoStatsFixture openFixture() {
        return new OfKubelet(directory);
    }

    /** cAdvisor over the simulated cgroups, asked anew for each sample. */
    private static final class OfKubelet implements IoStatsFixture {
        private final SimulatedCgroups cgroups = SimulatedCgroups.v2();
        private final Kubelets kubelets;
        private final KubeletStats source;

        OfKubelet(Path directory) {
            kubelets = new Kubelets(directory);
            var clock = new ManualClock();
            var environment = new Environment(HostPaths.in(directory.getFileSystem()), clock, clock, Map.of());
            source = new KubeletStats(kubelets.client, environment, Duration.ZERO, Runnable::run);
            kubelets.server.answer(
                    "/metrics/cadvisor",
                    exchange -> FakeKubelet.send(exchange, 200, metrics().getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public IoStatsSource source() {
            return source;
        }

        @Override
        public CgroupFixture cgroups() {
            return cgroups;
        }

        @Override
        public void read(CgroupPath cgroup, int times, int bytes) {
            count(cgroup, new IoCounters((long) times * bytes, 0, times, 0));
        }

        @Override
        public void write(CgroupPath cgroup, int times, int bytes) {
            count(cgroup, new IoCounters(0, (long) times * bytes, 0, times));
        }

        @Override
        public boolean breakReads() {
            kubelets.server.answer("/metrics/cadvisor", 500, "");
            return true;
        }

        @Override
        public boolean seesWhatIsGone() {
            return false;
        }

        @Override
        public void close() {
            source.close();
            kubelets.close();
            cgroups.close();
        }

        private void count(CgroupPath cgroup, IoCounters more) {
            cgroups.fs().countIo(cgroup, cgroups.disk(), more);
        }

        private String metrics() {
            var text = new StringBuilder(rows("/", new IoCounters(1, 1, 1, 1)));
            for (var name : cgroups.fs().children(cgroups.parent())) {
                var cgroup = cgroups.parent().child(name);
                text.append("container_last_seen{id=\"" + cgroup + "\"} 1767225600 1767225600000\n");
                var buffer = new ReadBuffer();
                cgroups.fs().read(cgroup, "io.stat", buffer);
                var found = LINE.matcher(buffer.text());
                if (found.find()) {
                    text.append(rows(
                            cgroup.value(), new IoCounters(of(found, 1), of(found, 2), of(found, 3), of(found, 4))));
                }
            }
            return text.toString();
        }

        private static long of(Matcher found, int group) {
            return Long.parseLong(found.group(group));
        }

        private String rows(String cgroup, IoCounters io) {
            DeviceId disk = cgroups.disk();
            var device = "device=\"/dev/sda\",id=\"" + cgroup + "\"";
            var text = new StringBuilder();
            text.append("container_blkio_device_usage_total{" + device + ",major=\"" + disk.major() + "\",minor=\""
                    + disk.minor() + "\",operation=\"Read\"} " + io.rbytes() + "\n");
            var all = List.of(io.rios(), io.wios(), io.rbytes(), io.wbytes());
            var names = List.of("reads_total", "writes_total", "reads_bytes_total", "writes_bytes_total");
            for (var i = 0; i < names.size(); i++) {
                text.append("container_fs_" + names.get(i) + "{" + device + "} " + all.get(i) + "\n");
            }
            return text.toString();
        }
    }
}
