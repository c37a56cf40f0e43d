/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ConfigSource} promises. */
public abstract class ConfigSourceTck {
    private static final Map<String, Object> VALUES = Map.of("data_mount", "/tck", "container_read_iops_limit", 123);
    private static final Map<String, Object> OTHERS = Map.of("data_mount", "/else", "container_bps_limit", 456);

    private ConfigFixture fixture;
    private ConfigSource source;

    /** For subclasses: opens nothing yet. */
    protected ConfigSourceTck() {}

    /** Opens a source that says these values and no others; called before each test and closed after it. */
    protected abstract ConfigFixture openFixture(Map<String, Object> values);

    @BeforeEach
    final void open() {
        fixture = openFixture(VALUES);
        source = fixture.source();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void itSaysWhatWasWritten() {
        assertSays(VALUES);
    }

    @Test
    void asLongAsNothingChangesTheSnapshotStaysTheSame() {
        assertThat(snapshot()).isEqualTo(snapshot());
    }

    @Test
    void severalThreadsGetTheSameSnapshot() {
        Together.allAnswer("snapshot()", snapshot(), source::snapshot);
    }

    @Test
    void itsOrderNeverChanges() {
        assertThat(source.order()).as("order()").isEqualTo(source.order());
    }

    @Test
    void keysAreSnakeCase() {
        assertThat(snapshot().values().keySet()).allSatisfy(key -> assertThat(key)
                .as("keys as the file has them, whatever the source calls them")
                .matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
    }

    @Test
    void everyValueHasAnOriginThatAPersonFinds() {
        assertThat(snapshot().values().values())
                .allSatisfy(value ->
                        assertThat(value.origin()).as("origin of %s", value).isNotBlank());
    }

    @Test
    void valuesAreOfTheKindsThatTheLoaderReads() {
        snapshot().values().forEach((key, value) -> assertPlain(key, value.value()));
    }

    @Test
    void contentThatCannotBeUnderstoodIsAProblemNotAnException() {
        assumeTrue(fixture.spoil(), "the source has no content that could be spoiled");

        var problems = snapshot().problems();

        assertThat(problems).as("problems of spoiled content").isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.key()).as("key, * for the whole source").isNotBlank();
            assertThat(problem.origin())
                    .as("origin: where a person goes to repair it")
                    .isNotBlank();
            assertThat(problem.expected()).as("what should have stood there").isNotBlank();
            assertThat(problem.value()).as("value as written, empty for none").isNotNull();
        });
    }

    @Test
    void afterAChangeTheSnapshotIsTheNewOne() {
        assumeTrue(fixture.change(OTHERS), "the source's content never changes");

        assertSays(OTHERS);
    }

    @Test
    void repairedContentIsReadAgain() {
        assumeTrue(fixture.spoil() && fixture.change(OTHERS), "the source has no content that could be spoiled");

        assertSays(OTHERS);
        assertThat(snapshot().problems()).isEmpty();
    }

    @Test
    void aChangeIsTold() throws InterruptedException {
        assumeTrue(fixture.callsBack(), "the source does not tell of changes");
        var told = new CountDownLatch(1);
        source.onChange(told::countDown);

        fixture.change(OTHERS);

        assertThat(told.await(20, TimeUnit.SECONDS)).as("told within 20 s").isTrue();
        assertSays(OTHERS);
    }

    @Test
    void aListenerCanBeAddedToAnySource() {
        assertThatCode(() -> source.onChange(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void closingTwiceIsFine() {
        source.close();

        assertThatCode(source::close).doesNotThrowAnyException();
    }

    private void assertSays(Map<String, Object> expected) {
        var snapshot = snapshot();
        assertThat(snapshot.problems()).as("problems").isEmpty();
        assertThat(snapshot.values()).as("values").containsOnlyKeys(expected.keySet());
        expected.forEach((key, value) -> assertThat(
                        String.valueOf(snapshot.values().get(key).value()))
                .as(key)
                .isEqualTo(String.valueOf(value)));
    }

    private Snapshot snapshot() {
        try {
            var snapshot = source.snapshot();
            assertThat(snapshot).as("snapshot()").isNotNull();
            return snapshot;
        } catch (RuntimeException | LinkageError e) {
            return fail("snapshot() threw; what cannot be read is a problem in the snapshot", e);
        }
    }

    private static void assertPlain(String key, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(each -> assertPlain(key, each));
        } else if (value instanceof Map<?, ?> map) {
            assertThat(map.keySet()).as("keys in %s", key).allMatch(each -> each instanceof String);
            map.values().forEach(each -> assertPlain(key, each));
        } else {
            assertThat(value)
                    .as("%s: a String, Number, Boolean, or List or Map of them", key)
                    .isInstanceOfAny(String.class, Number.class, Boolean.class);
        }
    }
}
