/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the checker calls a limit wrong; times in milliseconds. */
class TrackedTest {
    private static final Limits OLD = Limits.of(500, 500, 0, 0);
    private static final Limits NEW = Limits.of(700, 300, 0, 0);

    @TempDir
    Path directory;

    private Path sent;
    private Reached reached;
    private final Tracked container = new Tracked(Path.of("c"), "uid", 0, List.of(Limits.NONE), OLD, "start");

    @BeforeEach
    void open() throws IOException {
        sent = Files.createFile(directory.resolve("sent"));
        reached = new Reached(sent);
        event("ADDED", 5, 0);
        container.told(5);
        assertThat(saw(OLD, 10)).isTrue();
        assertThat(saw(OLD, 1500)).isTrue();
    }

    @AfterEach
    void close() {
        reached.close();
    }

    private void event(String type, long version, long millis) throws IOException {
        var line = "{\"type\":\"%s\",\"uid\":\"uid\",\"version\":%d,\"nanos\":%d}\n";
        Files.writeString(
                sent, line.formatted(type, version, TimeUnit.MILLISECONDS.toNanos(millis)), StandardOpenOption.APPEND);
        reached.readOn();
    }

    private boolean saw(Limits limits, long millis) {
        var nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return container.saw(limits, nanos, nanos + 1, reached);
    }

    @Test
    void aLimitThatIsLiftedWithoutAReasonIsWrong() {
        assertThat(saw(Limits.NONE, 2000)).isFalse();
        assertThat(saw(Limits.of(500, 0, 0, 0), 2000)).isFalse();
    }

    @Test
    void theOldLimitMayStayForASecondAfterTheEvent() throws IOException {
        container.expect(NEW, "annotation");
        assertThat(saw(NEW, 2000)).as("as soon as it is asked for").isTrue();
        container.told(9);
        event("MODIFIED", 9, 2000);
        assertThat(saw(OLD, 2990)).isTrue();
        assertThat(saw(Limits.of(700, 500, 0, 0), 2990)).as("file by file").isTrue();
        assertThat(saw(Limits.NONE, 2990)).as("but never none").isFalse();
        assertThat(saw(OLD, 3010)).isFalse();
        assertThat(saw(NEW, 3010)).isTrue();
        assertThat(saw(OLD, 3020)).as("and not back again").isFalse();
    }

    @Test
    void whatTheAgentWasNotToldItNeedNotDo() throws IOException {
        container.expect(NEW, "annotation");
        container.told(9);
        event("MODIFIED", 8, 2000);
        assertThat(saw(OLD, 60_000)).isTrue();
        event("LIST", 12, 61_000);
        assertThat(saw(OLD, 61_500)).isTrue();
        assertThat(saw(OLD, 62_100)).isFalse();
    }

    @Test
    void theTimeIsTakenOnceFromTheEventToTheKernel() throws IOException {
        container.latency();
        container.expect(NEW, "annotation");
        container.told(9);
        event("MODIFIED", 9, 2000);
        assertThat(saw(OLD, 2010)).isTrue();
        assertThat(container.latency()).isEmpty();
        assertThat(saw(NEW, 2030)).isTrue();
        assertThat(container.latency()).hasValue(TimeUnit.MILLISECONDS.toNanos(30) + 1);
        assertThat(container.latency()).isEmpty();
    }

    @Test
    void aLineThatIsNotFinishedIsReadLater() throws IOException {
        Files.writeString(sent, "{\"type\":\"LIST\",\"versi", StandardOpenOption.APPEND);
        reached.readOn();
        assertThat(reached.of("uid", 6)).isEmpty();
        Files.writeString(sent, "on\":6,\"nanos\":7}\n", StandardOpenOption.APPEND);
        reached.readOn();
        assertThat(reached.of("uid", 6)).hasValue(7);
    }
}
