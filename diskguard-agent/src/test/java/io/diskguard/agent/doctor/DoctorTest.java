/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.doctor.Finding.Verdict;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final String LIMITS = "blkio.throttle.read_bps_device";

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
                .extracting(Finding::check)
                .contains(
                        "configuration",
                        "cgroup driver",
                        "limit files",
                        "cgroup watch",
                        "disks",
                        "statistics",
                        "counting",
                        "contention");
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
        assertThat(of("limit files", findings).get(0).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aLimitFileThatCannotBeOpenedIsWrong() throws IOException {
        Files.delete(limits());

        assertThat(of("limit files", doctor(Map.of()).examine()))
                .singleElement()
                .satisfies(wrong -> {
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
                new Finding("disks", Verdict.OK, "looked", "there\nstep", Optional.empty()),
                new Finding("counting", Verdict.WRONG, "compared", "off", Optional.of("switch it on")));

        assertThat(new DoctorText(findings).text()).isEqualTo("""
                ok     disks: looked
                       there
                       step
                WRONG  counting: compared
                       off
                       -> switch it on
                1 ok, 0 note, 1 wrong
                """);
        assertThat(new DoctorText(findings).json())
                .contains("\"ok\" : false", "\"verdict\" : \"wrong\"", "\"toDo\" : \"switch it on\"");
    }

    private Finding counting() {
        return of("counting", doctor(Map.of("DATA_MOUNT", "/data")).examine()).get(0);
    }

    private Doctor doctor(Map<String, String> variables) {
        return new Doctor(preparation(variables), stop);
    }

    private Preparation preparation(Map<String, String> variables) {
        var here = node.environment();
        var environment = new Environment(here.paths(), here.clock(), here.ticker(), variables);
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
