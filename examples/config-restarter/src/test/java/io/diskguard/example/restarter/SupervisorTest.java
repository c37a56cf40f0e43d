/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.watch.FileState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SupervisorTest {
    private static final FileState A = present("a");
    private static final FileState B = present("b");
    private static final FileState ABSENT = new FileState.Absent();

    private FileState file = A;
    private long now;
    private final FakeProcesses processes = new FakeProcesses();
    private final Supervisor supervisor = new Supervisor(
            new Options(
                    Path.of("f"),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(1),
                    OptionalInt.empty(),
                    false,
                    false,
                    List.of("app")),
            processes,
            () -> file,
            () -> now += Duration.ofSeconds(4).toNanos());

    @Test
    void otherContentRestarts() throws InterruptedException {
        start(A);
        supervisor.told(B);
        processes.atStart = () -> supervisor.ended(2, 0);

        assertThat(supervisor.run()).isZero();
        assertThat(processes.log).containsExactly("start 1", "15 to group 1", "start 2", "15 to group 2");
    }

    @Test
    void sigtermMeanwhileStartsNothing() throws InterruptedException {
        start(A);
        supervisor.told(B);
        supervisor.tell(new Event.Stop(15));

        assertThat(supervisor.run()).isEqualTo(143);
        assertThat(processes.log).containsExactly("start 1", "15 to group 1");
    }

    @Test
    void theNewChildHasWhatIsToldOfTheFileMeanwhile() throws InterruptedException {
        start(A);
        supervisor.told(B);
        processes.atEnd = () -> file = present("c");
        processes.atStart = () -> {
            supervisor.told(present("c"));
            supervisor.ended(2, 0);
        };
        assertThat(supervisor.run()).isZero();
        assertThat(processes.log).containsExactly("start 1", "15 to group 1", "start 2", "15 to group 2");
    }

    @Test
    void theSameContentAgainRestartsNothingNorDoesAFileThatWentAndCameBack() throws InterruptedException {
        start(A);
        supervisor.told(present("a"));
        supervisor.told(ABSENT);
        supervisor.told(new FileState.Unreadable("no permission"));
        supervisor.told(new FileState.TooLong("i", 1 << 30));
        supervisor.told(A);
        supervisor.ended(1, 3);

        assertThat(supervisor.run()).isEqualTo(3);
        assertThat(processes.log).containsExactly("start 1", "15 to group 1");
    }

    @Test
    void aFileThatComesLaterRestarts() throws InterruptedException {
        file = ABSENT;
        start(ABSENT);
        supervisor.told(A);
        processes.atEnd = () -> file = A;
        processes.atStart = () -> supervisor.ended(2, 0);

        assertThat(supervisor.run()).isZero();
        assertThat(processes.log).containsExactly("start 1", "15 to group 1", "start 2", "15 to group 2");
    }

    @Test
    void whoWaitsForTheFileStartsWithIt() throws InterruptedException {
        file = ABSENT;
        supervisor.told(ABSENT);
        supervisor.told(A);
        supervisor.ended(1, 0);

        assertThat(supervisor.run()).isZero();
        assertThat(processes.log).startsWith("start 1");
    }

    @Test
    void anOrphanThatEndsIsNotTheChild() throws InterruptedException {
        start(A);
        supervisor.ended(77, 1);
        supervisor.ended(1, 0);

        assertThat(supervisor.run()).isZero();
    }

    @Test
    void aGrandchildThatStaysIsKilledAfterTheGraceAndTheCodeIsTheChilds() throws InterruptedException {
        start(A);
        processes.stubborn = true;
        processes.leader = false;
        supervisor.ended(1, 4);

        assertThat(supervisor.run()).isEqualTo(4);
        assertThat(processes.log).containsExactly("start 1", "15 to group 1", "9 to group 1");
    }

    @Test
    void aChildThatLeftItsGroupIsToldAllTheSame() throws InterruptedException {
        start(A);
        processes.elsewhere = true;
        supervisor.tell(new Event.Stop(15));

        assertThat(supervisor.run()).isEqualTo(143);
        assertThat(processes.log).containsExactly("start 1", "15 to group 1", "15 to 1");
    }

    @Test
    void aSecondStartThatFailsEndsTheSupervisor() throws InterruptedException {
        start(A);
        supervisor.told(B);
        processes.missingFrom = 2;

        assertThat(supervisor.run()).isEqualTo(127);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "256,1", "65280,255", "9,137", "15,143", "139,139"})
    void whatWaitTellsIsWhatAShellAnswers(int status, int code) {
        assertThat(Reaper.code(status)).isEqualTo(code);
    }

    private void start(FileState initial) {
        supervisor.tell(new Event.Start());
        supervisor.told(initial);
    }

    private static FileState present(String content) {
        return new FileState.Present(
                content, ByteBuffer.wrap(content.getBytes()).asReadOnlyBuffer());
    }

    /** Ends at SIGTERM, unless told otherwise. */
    private final class FakeProcesses implements Processes {
        private final List<String> log = new ArrayList<>();
        private Runnable atStart = () -> {};
        private Runnable atEnd = () -> {};
        private int started;
        private boolean there;
        private boolean leader = true;
        private boolean stubborn;
        private boolean elsewhere;
        private int missingFrom = Integer.MAX_VALUE;

        @Override
        public int start(List<String> command) throws CannotStartException {
            if (++started >= missingFrom) {
                throw new CannotStartException("no such file", 127);
            }
            log.add("start " + started);
            there = true;
            if (started > 1) {
                atStart.run();
            }
            return started;
        }

        @Override
        public boolean signalGroup(int group, int signal) {
            log.add(signal + " to group " + group);
            if (elsewhere) {
                return false;
            }
            end(group, signal);
            return true;
        }

        @Override
        public void signal(int process, int signal) {
            log.add(signal + " to " + process);
            end(process, signal);
        }

        private void end(int process, int signal) {
            if (!stubborn || signal == 9) {
                there = false;
                atEnd.run();
                if (leader) {
                    supervisor.ended(process, 128 + signal);
                }
            }
        }

        @Override
        public boolean isGroupThere(int group) {
            return there && !elsewhere;
        }
    }
}
