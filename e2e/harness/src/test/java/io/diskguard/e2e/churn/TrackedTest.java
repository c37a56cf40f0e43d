/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
    private final Terms terms = new Terms(Duration.ofSeconds(1), 500);
    private final Tracked container =
            new Tracked(terms, Path.of("c"), "uid", 0, List.of(Wanted.NONE), unset -> OLD, "start");

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
        container.expect(unset -> NEW, "annotation");
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
        container.expect(unset -> NEW, "annotation");
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
        container.expect(unset -> NEW, "annotation");
        container.told(9);
        event("MODIFIED", 9, 2000);
        assertThat(saw(OLD, 2010)).isTrue();
        assertThat(container.latency()).isEmpty();
        assertThat(saw(NEW, 2030)).isTrue();
        assertThat(container.latency()).hasValue(TimeUnit.MILLISECONDS.toNanos(30) + 1);
        assertThat(container.latency()).isEmpty();
    }

    @Test
    void theNodesOldDefaultMayStayForItsOwnTime() throws IOException {
        container.expect(iops -> Limits.of(iops, 300, 0, 0), "annotation");
        container.told(9);
        event("MODIFIED", 9, 2000);
        assertThat(saw(Limits.of(500, 300, 0, 0), 4000)).isTrue();
        var last = container.expected();
        terms.change(800, TimeUnit.SECONDS.toNanos(5), Duration.ofSeconds(4));
        container.configured(last, TimeUnit.SECONDS.toNanos(5));
        assertThat(saw(Limits.of(500, 300, 0, 0), 8900)).isTrue();
        assertThat(saw(Limits.of(900, 300, 0, 0), 8900)).isFalse();
        assertThat(container.reconfigured(Limits.of(500, 300, 0, 0), 0)).isEmpty();
        assertThat(container.reconfigured(Limits.of(800, 300, 0, 0), TimeUnit.SECONDS.toNanos(6)))
                .hasValue(TimeUnit.SECONDS.toNanos(1));
        assertThat(container.isPending()).isFalse();
        assertThat(saw(Limits.of(500, 300, 0, 0), 9001)).isFalse();
        assertThat(saw(Limits.of(800, 300, 0, 0), 9001)).isTrue();
    }

    @Test
    void whatAnUnheardChangeAndAnUnheardDefaultAllowTogetherIsRight() {
        container.expect(iops -> Limits.of(iops, 300, 0, 0), "annotation");
        terms.change(800, TimeUnit.SECONDS.toNanos(5), Duration.ofSeconds(4));
        assertThat(saw(OLD, 8000)).isTrue();
        assertThat(saw(Limits.of(500, 300, 0, 0), 8000)).isTrue();
        assertThat(saw(Limits.of(800, 300, 0, 0), 8000)).isTrue();
        assertThat(saw(OLD, 60_000)).as("not told").isTrue();
        assertThat(saw(Limits.of(500, 300, 0, 0), 60_000)).isTrue();
    }

    @Test
    void whoeverCouldNotActMayBeLaterByThat() throws IOException {
        var starved = new Terms(Duration.ofSeconds(1), 500, since -> TimeUnit.SECONDS.toNanos(3));
        var late = new Tracked(starved, Path.of("c"), "uid", 0, List.of(), unset -> NEW, "start");
        late.told(5);
        late.expect(unset -> OLD, "annotation");
        late.told(9);
        event("MODIFIED", 9, 6000);
        assertThat(late.saw(NEW, TimeUnit.MILLISECONDS.toNanos(9990), 0, reached))
                .isTrue();
        assertThat(late.saw(NEW, TimeUnit.MILLISECONDS.toNanos(10_010), 0, reached))
                .isFalse();
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
