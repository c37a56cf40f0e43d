/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.host.AgentVariant;
import io.diskguard.benchmarks.host.IdleContainerd;
import io.diskguard.benchmarks.host.Interruption;
import io.diskguard.benchmarks.host.LoopDisk;
import io.diskguard.benchmarks.host.Scratch;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.e2e.churn.Report;
import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An hour in the life of the agent as it is shipped, on a busy node with everything on and all that can go wrong around it:
 * whether it grows, and whether a limit is ever wrong. Its cgroups are the whole hierarchy ({@code benchmarks/hidden}).
 * {@code --minutes N} for less than an hour; exit status 1 if something is not as it must be.
 */
final class SoakBenchmark {
    private SoakBenchmark() {}

    public static void main(String[] args) throws IOException {
        var minutes = args.length == 2 && args[0].equals("--minutes") ? Integer.parseInt(args[1]) : 60;
        var home = Path.of(System.getProperty("diskguard.home", ".")).toAbsolutePath();
        Interruption.undoes();
        // of requests on a connection that was cut
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        var report = new Report(System.out);
        try (var made = Scratch.make();
                var driver = new BlkioThrottleDriverFactory().create(Environment.system());
                var disk = LoopDisk.make()) {
            var scratch = made.directory();
            var jdk = Path.of(System.getProperty("java.home")).toRealPath();
            var shipped = AgentVariant.shipped(home, jdk, scratch);
            var containerd = IdleContainerd.start(scratch.resolve("containerd"));
            report.say(containerd.isPresent() ? "with a containerd" : "without a containerd: no runtime is ever asked");
            try (var soak = new Soak(
                    home,
                    scratch,
                    Path.of(driver.hierarchy().mountPoint()),
                    disk.device(),
                    containerd.map(IdleContainerd::socket),
                    shipped,
                    minutes,
                    report)) {
                soak.run();
            } finally {
                containerd.ifPresent(IdleContainerd::close);
            }
        }
        if (!report.end()) {
            // not exit: what waits for this thread would wait for it
            Runtime.getRuntime().halt(1);
        }
    }
}
