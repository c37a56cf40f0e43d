/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.ContainerId;
import io.diskguard.runtime.containerd.wire.Cri.ContainerState;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatus;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is said of a container whatever the runtime answers to a call: that it is unknown and why, and the truth again when
 * that passes. Hanging, restarting and strange daemons are in {@link ContainerdResolverTest}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CriFaultsTest {
    private static final String ID = "8a2f".repeat(16);
    private static final String SANDBOX = "9b3e".repeat(16);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Set<MethodDescriptor<?, ?>> CALLS =
            Set.of(CriMethods.VERSION, CriMethods.CONTAINER_STATUS, CriMethods.POD_SANDBOX_STATUS);

    private final ManualClock clock = new ManualClock();
    private Path run;
    private Path socket;
    private FakeCri daemon;
    private RuntimeResolver resolver;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        run = directory;
        socket = run.resolve("containerd/containerd.sock");
        daemon = new FakeCri(socket, "containerd");
        process(1, "0::/init.scope\n");
        resolver = open();
    }

    private RuntimeResolver open() {
        return new ContainerdResolverFactory()
                .create(new Environment(
                        new HostPaths(run.resolve("proc"), run, run, run, run), clock, clock, Map.of(), Map.of()));
    }

    @BeforeEach
    void mend() {
        CALLS.forEach(call -> daemon.fail(call, Status.OK));
        daemon.container(ID, "/kubepods/pod1/" + ID);
        daemon.sandbox(SANDBOX, "/kubepods/pod1/" + SANDBOX);
        // on a busy machine a first answer may come too late
        for (var tries = 0; tries < 20 && !(resolve(ID) instanceof Found); tries++) {
            clock.advance(LONGEST_PAUSE);
        }
        assertThat(resolve(ID)).isInstanceOf(Found.class);
    }

    @AfterAll
    void close() {
        resolver.close();
        daemon.close();
    }

    @Test
    void everyCallHasItsRows() {
        var known = CALLS.stream().map(MethodDescriptor::getBareMethodName).toList();
        assertThat(CriMethods.class.getDeclaredFields())
                .filteredOn(field -> field.getType() == MethodDescriptor.class)
                .as("calls of the runtime that no test here has fail")
                .hasSameSizeAs(known);
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = Mode.EXCLUDE, names = "OK")
    void aContainerWhoseStatusIsRefusedIsUnknownAndGoneOnlyWhereItIsNotFound(Status.Code code) {
        refuse(CriMethods.CONTAINER_STATUS, code);

        if (code == Status.Code.NOT_FOUND) {
            assertThat(resolve(ID)).isEqualTo(new Gone());
        } else {
            isUnknown(ID);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = Mode.EXCLUDE, names = "OK")
    void aSandboxWhoseStatusIsRefusedIsUnknownAndGoneOnlyWhereItIsNotFound(Status.Code code) {
        refuse(CriMethods.POD_SANDBOX_STATUS, code);

        if (code == Status.Code.NOT_FOUND) {
            assertThat(resolve(SANDBOX)).isEqualTo(new Gone());
        } else {
            isUnknown(SANDBOX);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = Mode.EXCLUDE, names = "OK")
    void aDaemonThatDoesNotSayItsVersionIsNotAsked(Status.Code code) {
        refuse(CriMethods.VERSION, code);
        try (var another = open()) {
            assertThat(another.resolve(new ContainerId("containerd", ID)))
                    .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains(socket.toString()));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNone() {
        container("{\"pid\": 77, \"x\": \"" + "x".repeat(5 << 20) + "\"}");

        isUnknown(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "/kubepods",
        "/kubepods/pod1",
        "/system.slice",
        "/kubepods/pod1/8a2f",
        "/kubepods/pod1/" + "../../../../etc",
        "../../..",
        "system.slice:cri-containerd:ssh",
        ":::",
        "'/kubepods/pod1/\\n'"
    })
    void aCgroupThatIsNotTheContainersIsNotBelieved(String path) {
        for (var pid : new String[] {"0", "1", "-1", "4194305", "99999999999999999999"}) {
            container("{\"pid\": " + pid + ", \"runtimeSpec\": {\"linux\": {\"cgroupsPath\": \"" + path + "\"}}}");

            assertThat(resolve(ID)).as("pid " + pid).isInstanceOf(Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/\n",
                "0::/../../init.scope\n",
                "garbage\n",
                "",
                "0::/user.slice/session-1.scope\n",
                "12:blkio:/\n0::/x\n"
            })
    void whereAnotherProcessIsSaysNothingOfTheContainer(String cgroups) throws IOException {
        process(77, cgroups);
        container("{\"pid\": 77, \"runtimeSpec\": {\"linux\": {}}}");

        assertThat(resolve(ID)).isInstanceOf(Unknown.class);
    }

    @Test
    void nestingWithoutEndIsNotFollowed() {
        container("[".repeat(100_000));
        isUnknownCgroup();
        container("{\"runtimeSpec\":".repeat(100_000));
        isUnknownCgroup();
        container("{\"runtimeSpec\":{\"linux\":{\"devices\":" + "[".repeat(100_000));
        isUnknownCgroup();
    }

    private void isUnknownCgroup() {
        assertThat(resolve(ID)).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                .contains("does not say in which cgroup"));
    }

    private void refuse(MethodDescriptor<?, ?> call, Status.Code code) {
        daemon.fail(call, code.toStatus().withDescription("refused\n" + "by the test ".repeat(100)));
    }

    private void isUnknown(String id) {
        assertThat(resolve(id)).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                .contains(socket.toString())
                .doesNotContain("\n")
                .hasSizeLessThan(700));
    }

    private void container(String info) {
        daemon.container(
                ContainerStatus.newBuilder()
                        .setId(ID)
                        .setState(ContainerState.CONTAINER_RUNNING)
                        .build(),
                info);
    }

    private void process(int pid, String cgroups) throws IOException {
        Files.writeString(Files.createDirectories(run.resolve("proc/" + pid)).resolve("cgroup"), cgroups);
    }

    private Resolution resolve(String id) {
        return resolver.resolve(new ContainerId("containerd", id));
    }
}
