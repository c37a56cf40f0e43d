/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import io.diskguard.DiskGuard;
import io.diskguard.cgroup.tree.KubepodsTree;
import io.diskguard.cgroup.v1.BlkioThrottleDriverFactory;
import io.diskguard.cgroup.v1.BlkioThrottleStatsFactory;
import io.diskguard.model.Pod;
import io.diskguard.smart.SmartKeeper;
import io.diskguard.spi.Environment;
import io.diskguard.spi.PodSource;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The engine on the real kernel, with windows of seconds and pods that stay, until it is killed. */
final class SmartNode {
    private static final Clock CLOCK = Environment.system().clock();

    private SmartNode() {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.parse(args);
        var environment = Environment.system();
        var stops = new Stops(options.stopAt());
        var driver = new StoppingDriver(new BlkioThrottleDriverFactory().create(environment), options.statics(), stops);
        var guard = DiskGuard.builder()
                .environment(environment)
                .config(options.config())
                .driver(driver)
                .pods(new FixedPods(options.pods()))
                .podCgroups(KubepodsTree.open(driver.hierarchy()))
                .stats(new BlkioThrottleStatsFactory().create(environment))
                .smart(SmartKeeper::of)
                .state(new FileStore(options.state(), stops))
                .listener(new Printer())
                .build();
        guard.start();
        say("guarding");
        new CountDownLatch(1).await();
    }

    static void say(String line) {
        System.out.println(line + "  " + CLOCK.instant());
    }

    private record FixedPods(List<Pod> pods) implements PodSource {
        @Override
        public Snapshot snapshot() {
            return new Snapshot.Synced(pods);
        }

        @Override
        public void onChange(Consumer<String> uid) {}

        @Override
        public void close() {}
    }
}
