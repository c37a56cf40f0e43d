/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.PodSource.Snapshot;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PodSource} promises. */
public abstract class PodSourceTck {
    private static final Map<String, String> LIMIT = Map.of("iops-limit/iops", "100");

    private final Told told = new Told();
    private PodSourceFixture fixture;
    private PodSource source;

    /** For subclasses: opens nothing yet. */
    protected PodSourceTck() {}

    /** Opens a source that listens to a node without pods; called before each test and closed after it. */
    protected abstract PodSourceFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        source = fixture.source();
        source.onChange(told);
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void aPodThatIsAddedIsToldAndThere() {
        var uid = put("web", LIMIT);

        var pod = pod(uid).orElseGet(() -> fail("the pod was told, but is not in the snapshot"));
        assertThat(pod.fullName()).isEqualTo("default/web");
        assertThat(pod.annotations()).containsAllEntriesOf(LIMIT);
        assertThat(pod.containers()).extracting(Container::name).containsExactly("app");
        assertThat(source.find(uid)).contains(pod);
    }

    @Test
    void aPodThatChangesIsToldAndTheSnapshotIsNew() {
        var uid = put("web", Map.of());
        put("web", LIMIT);

        assertThat(pod(uid).orElseThrow().annotations()).containsAllEntriesOf(LIMIT);
    }

    @Test
    void aPodThatIsDeletedIsToldAndNotThere() {
        var uid = put("web", LIMIT);
        var other = put("shop", LIMIT);

        fixture.remove("web");
        told.await(uid);

        assertThat(pod(uid)).isEmpty();
        assertThat(source.find(uid)).isEmpty();
        assertThat(pod(other)).isPresent();
    }

    @Test
    void aSourceThatWasNeverHeardKnowsNothing() {
        assumeTrue(fixture.neverHeard(), "the source always hears");

        assertThat(source.snapshot())
                .as("\"no pods\" would have every limit cleared; what is not known is Unknown")
                .isInstanceOfSatisfying(Snapshot.Unknown.class, unknown -> assertThat(unknown.reason())
                        .isNotBlank());
    }

    @Test
    void severalThreadsGetTheSameSnapshot() {
        put("web", LIMIT);

        Together.allAnswer("snapshot()", source.snapshot(), source::snapshot);
    }

    @Test
    void closingTwiceIsFine() {
        source.close();

        assertThatCode(source::close).doesNotThrowAnyException();
    }

    private String put(String name, Map<String, String> annotations) {
        var uid = fixture.put(name, annotations);
        told.await(uid);
        return uid;
    }

    private Optional<Pod> pod(String uid) {
        return source.snapshot() instanceof Snapshot.Synced synced
                ? synced.pods().stream().filter(pod -> pod.uid().equals(uid)).findFirst()
                : fail("the source has heard of pods, but gives " + source.snapshot());
    }
}
