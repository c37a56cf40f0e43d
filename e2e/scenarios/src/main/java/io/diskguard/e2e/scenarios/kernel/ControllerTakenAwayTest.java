/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.scenarios.kernel.Kubelet.Layout;
import io.diskguard.e2e.scenarios.machine.Cgroups;
import io.diskguard.e2e.scenarios.machine.Machine;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** {@code +io} is taken from the pods' parents under an engine that guards them, as a reload of systemd may do, and given back. */
public final class ControllerTakenAwayTest {
    private static final int PODS = 4;
    private static final Duration RESYNC = Duration.ofSeconds(2);
    /** A run over all pods in an emulated machine is no matter of milliseconds. */
    private static final Duration BOUND = RESYNC.plusSeconds(1);

    private final Cgroups cgroups = Cgroups.open(Machine.here());
    private final Kubelet kubelet = new Kubelet(cgroups, Layout.CGROUPFS);
    private final Guarded node = Guarded.on(cgroups, RESYNC);
    private final List<Pod> pods = IntStream.range(0, PODS)
            .mapToObj(number -> Guarded.pod(number, 100 + number, Optional.of(Kubelet.id(number))))
            .toList();
    private final List<CgroupPath> containers = new ArrayList<>();

    public ControllerTakenAwayTest() {}

    @BeforeEach
    void guardSomePods() {
        for (var pod : pods) {
            containers.add(kubelet.start(pod, pod.containers().get(0).id().orElseThrow()));
            node.pods().add(pod);
        }
        node.guard().start();
        allLimited();
    }

    @AfterEach
    void close() {
        node.close();
        cgroups.close();
    }

    @Test
    void whatIsOffIsToldAndWhatIsOnAgainIsLimitedAgain(TestReporter figures) {
        node.heard().clear();
        takeAway();

        node.awaitTold("unreadable", PODS);
        for (int i = 0; i < PODS; i++) {
            var file = cgroups.directory(containers.get(i)).resolve("io.max");
            assertThat(node.heard().told("unreadable"))
                    .contains("unreadable " + pods.get(i).fullName() + "/main " + file + ": No such file or directory");
            assertThat(node.driver().read(containers.get(i))).isInstanceOf(ReadResult.ControllerOff.class);
            assertThat(node.driver().apply(containers.get(i), cgroups.disk(), Guarded.writes(100 + i)))
                    .isInstanceOf(ApplyResult.ControllerOff.class);
        }
        var late = Guarded.pod(0, 100, Optional.of(Kubelet.id(0)));
        var madeMeanwhile = kubelet.startAsItIs(late, Kubelet.id(77));
        node.awaitTold("unreadable", PODS + 1);

        giveBack();
        var back = allLimited();
        var meanwhile = node.awaitLimit(madeMeanwhile, Guarded.writes(100));

        figures.publishEntry("limits back after +io, ms", Long.toString(back.toMillis()));
        figures.publishEntry(
                "of a container made meanwhile, ms",
                Long.toString(back.plus(meanwhile).toMillis()));
        assertThat(back.plus(meanwhile)).isLessThan(BOUND);
        assertThat(node.heard().told("repaired")).hasSize(PODS);
        assertThat(node.heard().told("cleared")).isEmpty();
        assertThat(node.heard().told("exception")).isEmpty();
    }

    @Test
    void limitsThatAreLostUnseenAreBackAfterTheNextLookAtEverything(TestReporter figures) {
        node.heard().clear();
        takeAway();
        giveBack();

        var back = allLimited();

        figures.publishEntry("limits back after -io +io, ms", Long.toString(back.toMillis()));
        assertThat(back).isLessThan(BOUND);
        assertThat(node.heard().told("cleared")).isEmpty();
        assertThat(node.heard().told("exception")).isEmpty();
    }

    private Duration allLimited() {
        var took = Duration.ZERO;
        for (int i = 0; i < PODS; i++) {
            took = took.plus(node.awaitLimit(containers.get(i), Guarded.writes(100 + i)));
        }
        return took;
    }

    /** From below: as long as children use it, it stays. */
    private void takeAway() {
        pods.forEach(pod -> cgroups.write(kubelet.pod(pod), "cgroup.subtree_control", "-io"));
        cgroups.write(above(), "cgroup.subtree_control", "-io");
        containers.forEach(container ->
                assertThat(cgroups.fs().exists(container, "io.max")).isFalse());
    }

    private void giveBack() {
        cgroups.write(above(), "cgroup.subtree_control", "+io");
        pods.forEach(pod -> cgroups.write(kubelet.pod(pod), "cgroup.subtree_control", "+io"));
        containers.forEach(container ->
                assertThat(cgroups.fs().exists(container, "io.max")).isTrue());
    }

    private CgroupPath above() {
        return kubelet.pod(pods.get(0)).parent().orElseThrow();
    }
}
