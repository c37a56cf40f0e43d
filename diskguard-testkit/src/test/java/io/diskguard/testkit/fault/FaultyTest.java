/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.simulator.SimulatedCgroupFs;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultyTest {
    private static final CgroupPath APP = new CgroupPath("/kubepods/pod1/app");
    private static final CgroupPath OTHER = new CgroupPath("/kubepods/pod2/app");

    private final FaultPlan plan = new FaultPlan();
    private final SimulatedCgroupFs real = SimulatedCgroupFs.v2();
    private final CgroupFs fs = Faulty.of(CgroupFs.class, real, plan);

    FaultyTest() {
        real.makeAll(APP);
        real.makeAll(OTHER);
    }

    @Test
    void everyOperationIsNamedThoseOfPortsThatAPortGivesToo() {
        assertThat(Faulty.operations(CgroupFs.class))
                .contains(
                        "CgroupFs.exists(CgroupPath)",
                        "CgroupFs.exists(CgroupPath,String)",
                        "ControlFile.read(ReadBuffer)",
                        "CgroupWatch.take(Duration)")
                .doesNotContain("CgroupFs.toString()");
        assertThatThrownBy(() -> plan.at(CgroupFs.class, "rename", Fault.garbage(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CgroupFs.rename");
    }

    @Test
    void withoutAFaultItIsAsTheRealOne() {
        assertThat(fs.exists(APP)).isTrue();
        assertThat(fs.children(new CgroupPath("/kubepods"))).containsExactly("pod1", "pod2");
        assertThat(fs).hasToString(real.toString()).isEqualTo(fs).isNotEqualTo(real);
        assertThat(plan.met()).isZero();
    }

    @Test
    void oneOperationFailsAtOnePlaceUntilThePlanEnds() {
        plan.at(
                CgroupFs.class,
                "exists(CgroupPath)",
                call -> call.argument(CgroupPath.class).filter(APP::equals).isPresent(),
                Fault.fail(() -> new IllegalStateException("broken for the test")));

        assertThatThrownBy(() -> fs.exists(APP)).hasMessage("broken for the test");
        assertThat(fs.exists(APP, "io.max")).isTrue();
        assertThat(fs.exists(OTHER)).isTrue();
        assertThat(plan.met()).isOne();

        plan.end();
        assertThat(fs.exists(APP)).isTrue();
    }

    @Test
    void aFileThatWasGivenOutFailsWithThePlaceThatItWasGivenFor() {
        var file = fs.file(APP, "io.max");
        var other = fs.file(OTHER, "io.max");
        plan.at(
                ControlFile.class,
                "read",
                call -> call.argument(CgroupPath.class).filter(APP::equals).isPresent(),
                Fault.garbage(FsResult.failed(Errno.EMFILE, "too many")));

        assertThat(file.read(new ReadBuffer()).is(Errno.EMFILE)).isTrue();
        assertThat(other.read(new ReadBuffer()).isOk()).isTrue();
    }

    @Test
    void theNewestOfSeveralFaultsHolds() {
        plan.at(CgroupFs.class, "exists", Fault.garbage(true)).at(CgroupFs.class, "exists", Fault.garbage(false));

        assertThat(fs.exists(APP)).isFalse();
    }

    @Test
    void aLateAnswerIsOfBefore() {
        plan.at(CgroupFs.class, "exists", Fault.late(() -> real.rmdirRecursive(APP)));

        assertThat(fs.exists(APP)).isTrue();
        assertThat(real.exists(APP)).isFalse();
    }

    @Test
    void whatIsMisreportedIsDoneAllTheSame() {
        plan.at(CgroupFs.class, "rmdir", Fault.misreported(FsResult.failed(Errno.EBUSY, "busy")));

        assertThat(fs.rmdir(APP).is(Errno.EBUSY)).isTrue();
        assertThat(real.exists(APP)).isFalse();
    }

    @Test
    void whatIsNoAnswerOfTheOperationIsAnErrorOfItsCaller() {
        RuntimeResolver runtime = Faulty.of(RuntimeResolver.class, new Gone(), plan);
        plan.at(RuntimeResolver.class, "resolve", Fault.garbage("found"));
        assertThatThrownBy(() -> runtime.resolve(new ContainerId("docker", "1")))
                .isInstanceOf(ClassCastException.class);

        plan.at(RuntimeResolver.class, "resolve", Fault.garbage(null));
        assertThat(runtime.resolve(new ContainerId("docker", "1"))).isNull();

        plan.at(RuntimeResolver.class, "resolve", Fault.fail(() -> new IOException("reset by peer")));
        assertThatThrownBy(() -> runtime.resolve(new ContainerId("docker", "1")))
                .isInstanceOf(UndeclaredThrowableException.class)
                .hasRootCauseMessage("reset by peer");
    }

    @Test
    void aCallHangsUntilItIsReleasedAndIsDoneThen() throws Exception {
        var hang = Fault.hang();
        plan.at(CgroupFs.class, "rmdir", hang);
        var removed = CompletableFuture.supplyAsync(() -> fs.rmdir(APP));

        hang.awaitReached();
        assertThat(real.exists(APP)).isTrue();
        assertThat(fs.exists(OTHER)).as("others do not hang").isTrue();

        plan.end();
        assertThat(removed.get(20, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(real.exists(APP)).isFalse();
    }

    @Test
    void aWatchThatWasGivenOutIsFaultyToo() {
        var watch = fs.openWatch().orElseThrow();
        plan.at(CgroupWatch.class, "take", Fault.fail(IllegalStateException::new));

        assertThatThrownBy(() -> watch.take(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    private record Gone() implements RuntimeResolver {
        @Override
        public Resolution resolve(ContainerId id) {
            return new Resolution.Gone();
        }

        @Override
        public void close() {}
    }
}
