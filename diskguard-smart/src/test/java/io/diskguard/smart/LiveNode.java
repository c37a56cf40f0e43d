/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.Watched;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.GuardedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The real engine on a simulated node with one pod, whose configuration changes by keys as it runs. */
final class LiveNode implements AutoCloseable {
    static final String POD = "uid-1";
    static final ContainerId APP = new ContainerId("containerd", "a".repeat(64));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Map<String, String> keys = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<Map<String, Optional<String>>> patches = new ArrayList<>();
    private final GuardedNode node;
    private int rounds;
    private double some;
    private long millisEach = 1;
    private long requests;
    private long requestMillis;

    private final DiskGuardListener listener = new DiskGuardListener() {
        @Override
        public void sampled(Round round, List<Watched> watched) {
            rounds++;
        }

        @Override
        public void smartDecided(Recorded each) {
            var decision = each.decision();
            var limit = decision.after().or(decision::before);
            told.add((decision.kind() + " " + each.mode().name().toLowerCase(Locale.ROOT) + " "
                            + limit.map(it -> it.window() + " " + LiveNode.words(it.rates()))
                                    .orElse(""))
                    .strip());
        }

        @Override
        public void smartTook(Recorded each) {
            told.add("took " + each.decision().kind());
        }
    };

    private final IoSignals signals = new IoSignals() {
        @Override
        public Signal<IoPressure> ofCgroup(CgroupPath cgroup) {
            var share = new IoPressure.Share(some, some, some, 0);
            return new Signal.Known<>(new IoPressure(share, share));
        }

        @Override
        public Signal<IoPressure> ofNode() {
            return new Signal.Gone<>();
        }

        @Override
        public Signal<DiskActivity> activity(DeviceId disk) {
            requests += 1000;
            requestMillis += 1000 * millisEach;
            return new Signal.Known<>(
                    new DiskActivity(0, 0, 0, requests, requests * 8, requestMillis, 0, requestMillis, requestMillis));
        }
    };

    /** With smart limit on, over a disk that does 1000 operations a second, and these keys. */
    LiveNode(Map<String, String> changed) {
        keys.putAll(Map.of(
                "data_mount", "/data",
                "data_total_iops", "1000",
                "container_iops_limit", "0",
                "smart_limit_enabled", "true"));
        keys.putAll(changed);
        var store = new Recording();
        node = GuardedNode.with(config(), builder -> builder.smart(SmartKeeper::of)
                .listener(listener)
                .signals(signals)
                .state(store));
        store.to = Optional.of(node.node().state());
        pod(Map.of());
    }

    private GuardConfig config() {
        var variables = new TreeMap<String, String>();
        keys.forEach((key, value) -> variables.put(key.toUpperCase(Locale.ROOT), value));
        if (ConfigLoader.load(List.of(new EnvironmentConfigSource(variables))) instanceof ConfigResult.Valid valid) {
            return valid.config();
        }
        throw new IllegalArgumentException(keys.toString());
    }

    /** The pod, as its owner changed it. */
    LiveNode pod(Map<String, String> annotations) {
        node.run(new Pod(
                POD,
                "shop",
                "web",
                QosClass.BURSTABLE,
                Map.of(),
                annotations,
                List.of(new Container("app", "image", ContainerKind.MAIN, Optional.of(APP)))));
        return this;
    }

    /** Changes a key as it runs; it is in force from the next turn on. */
    LiveNode set(String key, String value) {
        return set(Map.of(key, value));
    }

    LiveNode set(Map<String, String> changed) {
        keys.putAll(changed);
        node.guard().reconfigure(config(), () -> {});
        return this;
    }

    LiveNode writes(long operations) {
        node.writes(APP, operations);
        return this;
    }

    LiveNode minutes(int minutes) {
        node.pass(Duration.ofMinutes(minutes));
        return this;
    }

    LiveNode seconds(int seconds) {
        node.pass(SECOND.multipliedBy(seconds));
        return this;
    }

    /** Of each hundred seconds so many somebody waits for IO, and so long a request to the disk takes. */
    LiveNode contended(double percent, long millis) {
        some = percent;
        millisEach = millis;
        return this;
    }

    /** What is told from here on. */
    LiveNode fresh() {
        told.clear();
        patches.clear();
        rounds = 0;
        return this;
    }

    List<String> told() {
        return told;
    }

    List<Map<String, Optional<String>>> patches() {
        return patches;
    }

    int rounds() {
        return rounds;
    }

    /** What the kernel has. */
    String kernel() {
        return words(node.limitOf(APP));
    }

    Map<String, String> annotations() {
        return node.node().state().read(POD);
    }

    /** The smart limit that was decided last. */
    SmartLimit newest() {
        var decisions = node.guard().decisions();
        return decisions.get(decisions.size() - 1).decision().after().orElseThrow();
    }

    GuardedNode node() {
        return node;
    }

    private static String words(IoLimit limit) {
        var words = new StringJoiner(" ");
        for (var key : LimitKey.values()) {
            if (!limit.get(key).isUnlimited()) {
                words.add(key.key() + "=" + limit.get(key));
            }
        }
        return words.toString();
    }

    @Override
    public void close() {
        node.close();
    }

    private final class Recording implements StateStore {
        private Optional<StateStore> to = Optional.empty();

        @Override
        public Map<String, String> read(String podUid) {
            return to.orElseThrow().read(podUid);
        }

        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            patches.add(changes);
            return to.orElseThrow().patch(pod, changes);
        }

        @Override
        public void close() {}
    }
}
