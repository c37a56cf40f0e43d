/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.doctor.Finding.Verdict;
import io.diskguard.agent.house.House;
import io.diskguard.agent.node.NodeArguments;
import io.diskguard.agent.node.Preparation;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.provider.ProviderSource;
import io.diskguard.simulator.SimulatedDisk;
import io.diskguard.simulator.SimulatedMount;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Support;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final String LIMITS = "blkio.throttle.read_bps_device";

    @TempDir
    private Path state;

    private final SimulatedNode node = SimulatedNode.v1();
    private final StopSignal stop = new StopSignal();
    private final Source source = new Source();

    @BeforeEach
    void plugIn() throws IOException {
        node.addDisk(SimulatedDisk.hardware("sda", DISK));
        node.mount(SimulatedMount.of("/data", DISK, "ext4", "/dev/sda"));
        Files.createDirectories(limits().getParent());
        Files.writeString(limits(), "");
        stop.request();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void onANodeWhereAllWorksNothingIsWrongAndNothingIsWritten() throws IOException {
        var doctor = doctor(Map.of("DATA_MOUNT", "/data"));
        var findings = doctor.examine();

        assertThat(findings).noneMatch(each -> each.verdict() == Verdict.WRONG);
        assertThat(findings)
                .extracting(Finding::id)
                .containsSubsequence(Doctor.ids())
                .isSubsetOf(Doctor.ids());
        assertThat(doctor.exitCode(findings)).isZero();
        assertThat(node.cgroups().writes()).isZero();
        assertThat(source.started).isEmpty();
        assertThat(Files.readString(limits())).isEmpty();
    }

    @Test
    void aDiskThatIsNotThereIsNamedWithWhatToDo() {
        var doctor = doctor(Map.of("DATA_MOUNT", "/nope"));
        var findings = doctor.examine();

        assertThat(of("disks", findings)).singleElement().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.found()).contains("/nope was not found");
            assertThat(wrong.toDo().orElseThrow()).contains("data_mount");
        });
        assertThat(doctor.exitCode(findings)).isEqualTo(1);
    }

    @Test
    void aWrongConfigurationIsToldAndTheRestIsLookedAtAllTheSame() {
        var doctor = doctor(Map.of("CHECK_INTERVAL", "soon"));
        var findings = doctor.examine();

        assertThat(of("configuration", findings).get(0).found()).contains("check_interval", "soon");
        assertThat(of("cgroup driver", findings).get(0).verdict()).isEqualTo(Verdict.OK);
        assertThat(doctor.exitCode(findings)).isEqualTo(2);
    }

    @Test
    void withoutADriverEachSaysWhyItCannotWork() {
        source.driver = Support.unsupported("no blkio here");
        var findings = doctor(Map.of("DATA_MOUNT", "/data")).examine();

        assertThat(of("cgroup driver", findings)).singleElement().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.found()).contains("fake-driver", "no blkio here");
        });
        assertThat(findings.stream().filter(each -> each.verdict() == Verdict.WRONG))
                .as("what follows from it is not told as if it were another fault")
                .hasSize(1);
        assertThat(of("limit files", findings)).singleElement().satisfies(skipped -> {
            assertThat(skipped.verdict()).isEqualTo(Verdict.SKIPPED);
            assertThat(skipped.toDo()).contains("first see cgroup-driver");
        });
    }

    @Test
    void aLimitFileThatCannotBeOpenedIsWrong() throws IOException {
        Files.delete(limits());

        assertThat(of("limit files", doctor(Map.of()).examine())).first().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.tried()).contains(LIMITS);
        });
    }

    @Test
    void aSourceThatAnswersLateIsWaitedFor() {
        source.answers = new ArrayList<>(List.of(new IoStatsSource.Sample.Unavailable("not heard yet")));
        var patient = new Doctor(preparation(Map.of()), new StopSignal());

        assertThat(of("statistics", patient.examine())).singleElement().satisfies(ok -> {
            assertThat(ok.verdict()).isEqualTo(Verdict.OK);
            assertThat(ok.found()).contains("it counts; of 1 disks");
        });
    }

    @Test
    void withoutASourceThatCountsItSaysWhatIsLost() {
        source.answers = new ArrayList<>(List.of(
                new IoStatsSource.Sample.Unavailable("broken"), new IoStatsSource.Sample.Unavailable("broken")));

        assertThat(of("statistics", doctor(Map.of()).examine()))
                .extracting(Finding::verdict)
                .containsExactly(Verdict.NOTE, Verdict.WRONG);
    }

    @Test
    void thatTheKernelDoesNotCountOrNotAllIsSaidOfEachDisk() {
        source.counting = new IoStatsSource.Counting.Off("no line of 8:0");
        assertThat(counting()).satisfies(note -> {
            assertThat(note.found()).isEqualTo("no line of 8:0");
            assertThat(note.toDo().orElseThrow()).contains("scratch cgroup");
        });
        source.counting = new IoStatsSource.Counting.OnlyThrottled("only throttled IO on 8:0");
        assertThat(counting()).satisfies(note -> {
            assertThat(note.found()).isEqualTo("only throttled IO on 8:0");
            assertThat(note.toDo().orElseThrow()).contains("container_iops_limit");
        });
    }

    @Test
    void aCheckThatFailsIsAFindingToo() {
        Check broken = new Check() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Finding> look(Subject on) {
                throw new IllegalStateException("plugin at fault");
            }
        };

        assertThat(Doctor.look(broken, new Subject(preparation(Map.of()), stop)))
                .singleElement()
                .satisfies(wrong -> {
                    assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
                    assertThat(wrong.found()).contains("plugin at fault");
                });
    }

    @Test
    void peopleAndProgramsAreToldTheSame() {
        var findings = List.of(
                new Finding("disks", "disks", Verdict.OK, "looked", "there\nstep", Optional.empty()),
                new Finding("counting", "counting", Verdict.WRONG, "compared", "off", Optional.of("switch it on")));

        assertThat(new DoctorText(findings).text()).isEqualTo("""
                ok     disks: looked
                       there
                       step
                WRONG  counting: compared
                       off
                       -> switch it on
                1 ok, 0 note, 1 wrong, 0 skipped
                """);
        assertThat(new DoctorText(findings).json())
                .contains(
                        "\"ok\" : false",
                        "\"id\" : \"counting\"",
                        "\"verdict\" : \"wrong\"",
                        "\"toDo\" : \"switch it on\"");
    }

    @Test
    void whereNothingOfTheHostIsMountedThatIsTheOneFault() throws IOException {
        Files.delete(node.environment().paths().proc().resolve("self/mountinfo"));
        var findings = doctor(Map.of("DATA_MOUNT", "/data")).examine();

        assertThat(findings.stream().filter(each -> each.verdict() == Verdict.WRONG))
                .singleElement()
                .satisfies(wrong -> {
                    assertThat(wrong.id()).isEqualTo("mounts");
                    assertThat(wrong.found()).contains("no procfs");
                    assertThat(wrong.toDo().orElseThrow()).contains("HOST_PROC");
                });
    }

    @Test
    void inAPodTheProcessesOfThePodAreNotTheHosts() {
        var findings = doctor(Map.of("DATA_MOUNT", "/data", "KUBERNETES_SERVICE_HOST", "10.0.0.1"))
                .examine();

        assertThat(of("mounts", findings).get(0).found()).contains("processes of this pod and not the host's");
    }

    @Test
    void aCgroupTreeThatIsMountedReadOnlyIsSaidToBe() throws IOException {
        mountinfo("30 29 0:26 / /sys/fs/cgroup/blkio ro,nosuid - cgroup cgroup ro,blkio\n");
        var findings = doctor(Map.of("DATA_MOUNT", "/data")).examine();

        assertThat(of("mounts", findings)).last().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.tried()).contains("/sys/fs/cgroup/blkio");
            assertThat(wrong.found()).contains("read-only");
        });
    }

    @Test
    void aCgroupTreeOfANamespaceOfItsOwnIsOnlyAPart() throws IOException {
        mountinfo("30 29 0:26 / /sys/fs/cgroup/blkio rw,nosuid - cgroup cgroup rw,blkio\n");
        Files.writeString(node.environment().paths().proc().resolve("1/cgroup"), "4:blkio:/../../..\n");
        assertThat(of("mounts", doctor(Map.of()).examine())).last().satisfies(wrong -> assertThat(wrong.found())
                .contains("only a part", "namespace of its own"));

        mountinfo("30 29 0:26 /../../.. /sys/fs/cgroup/blkio rw,nosuid - cgroup cgroup rw,blkio\n");
        assertThat(of("mounts", doctor(Map.of()).examine())).last().satisfies(ok -> assertThat(ok.verdict())
                .isEqualTo(Verdict.OK));
    }

    @Test
    void theKubeletsCgroupDriverIsToldByWhereItsPodsAre() {
        node.cgroups().mkdir(new CgroupPath("/kubepods"));
        node.cgroups().mkdir(new CgroupPath("/kubepods/burstable"));
        node.cgroups().mkdir(new CgroupPath("/kubepods/burstable/pod1"));

        assertThat(of("kubelet's cgroups", doctor(Map.of()).examine()))
                .singleElement()
                .satisfies(ok ->
                        assertThat(ok.found()).isEqualTo("/kubepods (its cgroup driver is cgroupfs), with 1 pods"));
    }

    @Test
    void aPluginThatCannotBeLoadedIsNamed(@TempDir Path plugins) throws IOException {
        Files.writeString(plugins.resolve("torn.jar"), "no jar");
        var read = Preparation.of(node.environment(), new NodeArguments(Optional.empty(), Optional.of(plugins)));
        var findings = new PluginsCheck().look(new Subject(read, stop));

        assertThat(findings).last().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.found()).contains("torn.jar");
        });
    }

    @Test
    void aPortThatAnotherProgramHasIsTold() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var findings = doctor(Map.of("HTTP_ADDRESS", "127.0.0.1:" + other.getLocalPort()))
                    .examine();
            assertThat(of("HTTP port", findings)).singleElement().satisfies(wrong -> {
                assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
                assertThat(wrong.found()).contains("another program");
                assertThat(wrong.toDo().orElseThrow()).contains("http_address");
            });
        }
    }

    @Test
    void aConfiguredRuntimeThatIsNotThereIsWrong() {
        var findings = doctor(Map.of("CONTAINER_RUNTIME", "containerd")).examine();

        assertThat(of("container runtime", findings)).singleElement().satisfies(wrong -> {
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.toDo().orElseThrow()).contains("container_socket_path");
        });
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsWrong() throws IOException {
        var file = Files.writeString(state.resolve("file"), "");
        var findings =
                doctor(Map.of("STATE_DIR", file.resolve("state").toString())).examine();

        assertThat(of("state directory", findings).get(0).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void everyCheckIsOnThePageWithItsId() {
        var page = House.read(Path.of("docs/doctor.md"));
        assertThat(Doctor.ids()).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id)
                .matches("[a-z]+(-[a-z]+)*"));
        assertThat(Doctor.ids()).allSatisfy(id -> assertThat(page).contains("\n### `" + id + "`\n"));
    }

    private void mountinfo(String line) throws IOException {
        var file = node.environment().paths().proc().resolve("self/mountinfo");
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }

    private Finding counting() {
        return of("counting", doctor(Map.of("DATA_MOUNT", "/data")).examine()).get(0);
    }

    private Doctor doctor(Map<String, String> variables) {
        return new Doctor(preparation(variables), stop);
    }

    private Preparation preparation(Map<String, String> variables) {
        var here = node.environment();
        var all = new HashMap<>(Map.of("HTTP_ADDRESS", ":0", "STATE_DIR", state.toString()));
        all.putAll(variables);
        var environment = new Environment(here.paths(), here.clock(), here.ticker(), all);
        var read = Preparation.of(environment, new NodeArguments(Optional.empty(), Optional.empty()));
        return new Preparation(
                read.environment(), ProviderSource.of(source.new Driver(), source), read.configuration());
    }

    private Path limits() {
        return node.environment()
                .paths()
                .sys()
                .getFileSystem()
                .getPath(node.cgroups().mountPoint(), LIMITS);
    }

    private static List<Finding> of(String check, List<Finding> findings) {
        return findings.stream().filter(each -> each.check().equals(check)).toList();
    }

    private final class Source implements IoStatsSource.Factory, IoStatsSource {
        private final List<DeviceId> started = new ArrayList<>();
        private List<Sample> answers = new ArrayList<>();
        private Counting counting = Counting.COUNTS;
        private Support driver = Support.supported();

        @Override
        public String name() {
            return "fake-stats";
        }

        @Override
        public int priority() {
            return 100;
        }

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }

        @Override
        public IoStatsSource create(Environment environment) {
            return this;
        }

        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            if (!answers.isEmpty()) {
                return answers.remove(0);
            }
            sink.counted(DISK, 1, 2, 3, 4);
            return Sample.COUNTED;
        }

        @Override
        public Counting startCounting(DeviceId disk) {
            started.add(disk);
            return counting;
        }

        @Override
        public Counting counting(DeviceId disk) {
            return counting;
        }

        @Override
        public void close() {}

        private final class Driver implements CgroupDriver.Factory {
            @Override
            public String name() {
                return "fake-driver";
            }

            @Override
            public int priority() {
                return 100;
            }

            @Override
            public Support probe(Environment environment) {
                return driver;
            }

            @Override
            public CgroupDriver create(Environment environment) {
                return node.driver();
            }
        }
    }
}
