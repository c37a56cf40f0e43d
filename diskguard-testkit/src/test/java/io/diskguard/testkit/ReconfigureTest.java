/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static io.diskguard.testkit.Pods.idOf;
import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.GuardConfigBuilder;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.limiter.SmartLimiter;
import io.diskguard.reconcile.DiskGuardListener;
import io.diskguard.reconcile.PodRun;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of running containers when another configuration is put in force. */
class ReconfigureTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Runnable NOTHING_ELSE = () -> {};

    private final List<String> applied = new ArrayList<>();
    private final GuardedNode node =
            GuardedNode.with(GuardConfig.builder().defaultLimit(writes(500)).build(), new DiskGuardListener() {
                @Override
                public void podReconciled(PodRun run) {
                    applied.add(run.pod().name() + " " + run.actions());
                }
            });

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aChangedDefaultReachesWhatRunsInTheNextTurn() {
        node.run(pod("db").container("app").build()).pass(MOMENT);
        assertThat(limit()).isEqualTo(writes(500));

        var done = put(config -> config.defaultLimit(writes(200)));

        assertThat(done).isCompleted();
        assertThat(limit()).isEqualTo(writes(200));
        assertThat(node.guard().config().limits().defaults()).isEqualTo(writes(200));
        assertThat(node.originOf(pod("db").container("app").build(), idOf("db", "app"), LimitKey.WIOPS))
                .isEqualTo("default container_write_iops_limit");
    }

    @Test
    void whatIsExcludedFromNowOnLosesItsLimitAndGetsItBackWhenItIsExcludedNoMore() {
        node.run(pod("db").container("app").build()).pass(MOMENT);

        put(config -> config.exclusions(new Exclusions(Set.of("default"), Optional.empty(), List.of(), List.of())));
        assertThat(limit()).isEqualTo(IoLimit.UNLIMITED);

        put(config -> config.exclusions(Exclusions.NONE));
        assertThat(limit()).isEqualTo(writes(500));
    }

    @Test
    void aDiskThatIsConfiguredNoMoreLosesItsLimitsAndANewOneGetsThem() {
        var other = new DeviceId(8, 16);
        node.node().addDisk(SimulatedDisk.nvme("sdb", other, "S2"));
        node.node().mount(SimulatedMount.of("/logs", other, "ext4", "/dev/sdb"));
        node.run(pod("db").container("app").build()).pass(MOMENT);

        put(config -> config.mounts("/logs"));

        assertThat(limit()).isEqualTo(IoLimit.UNLIMITED);
        assertThat(limit(other)).isEqualTo(writes(500));
    }

    @Test
    void anotherAnnotationPrefixIsReadAtOnce() {
        node.run(pod("db")
                        .annotation("disks.example.com/write-iops", "70")
                        .container("app")
                        .build())
                .pass(MOMENT);
        assertThat(limit()).isEqualTo(writes(500));

        put(config -> config.annotationPrefix("disks.example.com"));

        assertThat(limit()).isEqualTo(writes(70));
    }

    @Test
    void aCeilingBindsAnnotationsAtOnce() {
        node.run(pod("db")
                        .annotation("iops-limit/write-iops", "9000")
                        .container("app")
                        .build())
                .pass(MOMENT);

        put(config -> config.ceiling(writes(1000)));

        assertThat(limit()).isEqualTo(writes(1000));
    }

    @Test
    void theNextResyncIsAtTheNewInterval() {
        node.run(pod("db").container("app").build()).pass(MOMENT);
        put(config -> config.checkInterval(Duration.ofSeconds(300)));
        applied.clear();

        node.pass(Duration.ofSeconds(290));
        assertThat(applied).isEmpty();

        node.pass(Duration.ofSeconds(11));
        assertThat(applied).containsExactly("db 0");
    }

    @Test
    void whereWhatChangesWithItFailsEverythingStaysAsItWas() {
        node.run(pod("db").container("app").build()).pass(MOMENT);

        var done = node.guard().reconfigure(changed(config -> config.defaultLimit(writes(200))), () -> {
            throw new IllegalStateException("broken for the test");
        });
        node.pass(MOMENT);

        assertThatThrownBy(done::join).hasRootCauseMessage("broken for the test");
        assertThat(limit()).isEqualTo(writes(500));
        assertThat(node.guard().config().limits().defaults()).isEqualTo(writes(500));
    }

    @Test
    void whereTheWayBackFailsTooNobodyIsKeptWaiting() {
        SmartLimiter.Factory broken = (environment, config, policies, capacities, inputs, told) -> {
            var nobody = SmartLimiter.NONE.create(environment, config, policies, capacities, inputs, told);
            return (SmartLimiter) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {SmartLimiter.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("reconfigure")) {
                            throw new IllegalStateException("broken for the test");
                        }
                        return method.invoke(nobody, arguments);
                    });
        };
        try (var one = GuardedNode.with(GuardConfig.defaults(), builder -> builder.smart(broken))) {
            var done = one.guard().reconfigure(GuardConfig.defaults(), NOTHING_ELSE);

            assertThatThrownBy(one.guard()::turn).hasMessage("broken for the test");
            assertThat(done).isCompletedExceptionally();
        }
    }

    @Test
    void ofTwoThatAreHandedInTogetherTheLastHolds() {
        node.run(pod("db").container("app").build()).pass(MOMENT);

        var first = node.guard().reconfigure(changed(config -> config.defaultLimit(writes(300))), NOTHING_ELSE);
        var last = put(config -> config.defaultLimit(writes(400)));

        assertThat(first).isCompleted();
        assertThat(last).isCompleted();
        assertThat(limit()).isEqualTo(writes(400));
    }

    @Test
    void aClosedGuardTakesNoneAndKeepsNobodyWaiting() {
        var before = node.guard().reconfigure(changed(config -> config), NOTHING_ELSE);
        node.guard().close();
        var after = node.guard().reconfigure(changed(config -> config), NOTHING_ELSE);

        assertThat(before).isCompletedExceptionally();
        assertThat(after).isCompletedExceptionally();
    }

    private CompletableFuture<Void> put(UnaryOperator<GuardConfigBuilder> change) {
        var done = node.guard().reconfigure(changed(change), NOTHING_ELSE);
        node.pass(MOMENT);
        return done;
    }

    private GuardConfig changed(UnaryOperator<GuardConfigBuilder> change) {
        return change.apply(node.guard().config().toBuilder()).build();
    }

    private IoLimit limit() {
        return node.limitOf(idOf("db", "app"));
    }

    private IoLimit limit(DeviceId disk) {
        var cgroup = node.node().cgroupOf(idOf("db", "app")).orElseThrow();
        return ((ReadResult.Found) node.node().driver().read(cgroup)).limits().get(disk);
    }

    private static IoLimit writes(long perSecond) {
        return IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(perSecond));
    }
}
