/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.DiskGuardBuilder;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.PodRun;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin in a language without checked exceptions throws any of them, where no signature says so. */
class UncheckedPluginsTest {
    private static final AtomicInteger THROWN = new AtomicInteger();

    record Row(String name, UnaryOperator<DiskGuardBuilder> parts) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("policy", parts -> parts.policy(new Policy())),
                new Row("runtime", parts -> parts.runtime(new Resolver())),
                new Row("container disks", parts -> parts.containerDisks((pod, container, cgroup) -> raise())),
                new Row("escapes", parts -> parts.escapes(asked -> raise())),
                new Row("stats", parts -> parts.stats(new Stats())),
                new Row("state", parts -> parts.state(new Store())),
                new Row("listener", parts -> parts.listener(new Listener())),
                new Row("pod cgroups", parts -> parts.podCgroups(new Cgroups())));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void costsNothingButItsAnswer(Row row) {
        THROWN.set(0);
        try (var scene = Scene.with(row.parts())) {
            scene.run(Scene.limited("ok-well", 200), 200);
            scene.run(Scene.limited("x-ill", 70), 70);
            scene.settleOthers();
            // As long as it is not known where its volume is, what holds for all holds for it
            scene.ledger.mayHave(scene.cgroup("x-vol"), Scene.writes(500));
            scene.drive(Duration.ofSeconds(65));

            assertThat(THROWN).as("thrown").hasPositiveValue();
            assertThat(scene.ledger.violations()).isEmpty();
            assertThat(scene.ledger.differences(row.name().equals("pod cgroups") ? "nobody" : Scene.WELL))
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked") // the compiler is to believe that it is none of the checked ones
    private static <T, E extends Throwable> T raise() throws E {
        THROWN.incrementAndGet();
        throw (E) new IOException("broken for the test");
    }

    private static final class Policy implements LimitPolicy {
        @Override
        public Phase phase() {
            return Phase.BASE;
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public String name() {
            return "raising";
        }

        @Override
        public Proposal propose(Subject subject) {
            return raise();
        }
    }

    private static final class Resolver implements RuntimeResolver {
        @Override
        public Resolution resolve(ContainerId id) {
            return raise();
        }

        @Override
        public void close() {}
    }

    private static final class Stats implements IoStatsSource {
        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            return raise();
        }

        @Override
        public void close() {}
    }

    private static final class Store implements StateStore {
        @Override
        public Map<String, String> read(String podUid) {
            return raise();
        }

        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            return CompletableFuture.completedFuture(new Result.Stored());
        }

        @Override
        public void close() {}
    }

    private static final class Listener implements DiskGuardListener {
        @Override
        public void podReconciled(PodRun run) {
            raise();
        }
    }

    private static final class Cgroups implements PodCgroups {
        @Override
        public Optional<CgroupPath> find(Pod pod, ContainerId id) {
            return Optional.empty();
        }

        @Override
        public List<ContainerCgroup> containersOf(Pod pod) {
            return raise();
        }

        @Override
        public void onAppeared(Consumer<String> cgroupUid) {}

        @Override
        public void close() {}
    }
}
