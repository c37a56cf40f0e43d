/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.RuntimeResolver.Resolution.Found;
import io.diskguard.spi.RuntimeResolver.Resolution.Gone;
import io.diskguard.spi.RuntimeResolver.Resolution.Unknown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RuntimeResolver} promises, on a real or simulated runtime. */
public abstract class RuntimeResolverTck {
    private RuntimeFixture fixture;
    private RuntimeResolver resolver;

    /** For subclasses: opens nothing yet. */
    protected RuntimeResolverTck() {}

    /** Opens a runtime; called before each test and closed after it. */
    protected abstract RuntimeFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        resolver = fixture.resolver();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void aRunningContainerIsFoundAtItsCgroup() {
        var id = fixture.start();

        assertThat(found(id).cgroup())
                .as("the path inside the hierarchy, as /proc/<pid>/cgroup writes it, without the mount point")
                .isEqualTo(fixture.cgroupOf(id));
        assertThat(found(id).sandbox()).as("sandbox of a container").isFalse();
    }

    @Test
    void whatIsNotKnownIsEmptyNotBlank() {
        var found = found(fixture.start());

        assertThat(found.name().filter(String::isBlank)).as("name").isEmpty();
        assertThat(found.image().filter(String::isBlank)).as("image").isEmpty();
        assertThat(found.pid().filter(pid -> pid <= 0))
                .as("pid: empty where there is no process, never 0")
                .isEmpty();
    }

    @Test
    void theSecondContainerIsNotTakenForTheFirst() {
        var first = fixture.start();
        var second = fixture.start();

        assertThat(found(second).cgroup()).isNotEqualTo(found(first).cgroup());
    }

    @Test
    void aSandboxIsToldApart() {
        var sandbox = fixture.sandbox();
        assumeTrue(sandbox.isPresent(), "the runtime has no sandboxes, or the resolver cannot tell them");

        assertThat(found(sandbox.orElseThrow()).sandbox())
                .as("a sandbox is never limited, so it must be told")
                .isTrue();
    }

    @Test
    void aContainerThatWasRemovedIsGone() {
        var id = fixture.start();
        found(id);

        fixture.remove(id);

        assertThat(resolve(id)).as("a removed container").isEqualTo(new Gone());
    }

    @Test
    void anIdThatNeverWasIsGone() {
        var id = new ContainerId(fixture.start().scheme(), "dead".repeat(16));

        assertThat(resolve(id))
                .as("a reachable runtime that does not know the id: gone, not unknown, which would be asked again")
                .isEqualTo(new Gone());
    }

    @Test
    void theBeginningOfAnIdIsNoId() {
        var id = fixture.start();
        var beginning =
                new ContainerId(id.scheme(), id.id().substring(0, id.id().length() - 1));

        assertThat(resolve(beginning))
                .as("ids are compared whole: some runtimes take the beginning of an id for it")
                .isNotInstanceOf(Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "a..b", "A_b.c-d", "x.scope", "pod0f3c2d1e", "kubepods.slice", "burstable"})
    void aStrangeIdIsNobody(String id) {
        var scheme = fixture.start().scheme();

        assertThat(resolve(new ContainerId(scheme, id))).isNotInstanceOf(Found.class);
    }

    @Test
    void aVeryLongIdIsNobody() {
        var scheme = fixture.start().scheme();

        assertThat(resolve(new ContainerId(scheme, "f".repeat(5000)))).isNotInstanceOf(Found.class);
    }

    @Test
    void anotherRuntimesIdDoesNotThrow() {
        fixture.start();

        resolve(new ContainerId("no-such-runtime", "0123456789abcdef".repeat(4)));
    }

    @Test
    void anUnreachableRuntimeIsUnknownNotGone() {
        var id = fixture.start();
        assumeTrue(fixture.disconnect(), "the runtime cannot be made unreachable here");

        assertThat(resolve(id))
                .as("gone would have the container forgotten, only because its runtime restarts")
                .isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                        .as("reason, for a person to read")
                        .isNotBlank());
    }

    @Test
    void severalThreadsGetTheSameAnswer() {
        var id = fixture.start();

        Together.allAnswer("resolve()", resolve(id), () -> resolver.resolve(id));
    }

    @Test
    void afterCloseARunningContainerIsNotGone() {
        var id = fixture.start();

        resolver.close();

        assertThat(resolve(id))
                .as("after close(): a late call gets unknown (or still the answer), never gone")
                .isNotInstanceOf(Gone.class);
    }

    @Test
    void closingTwiceIsFine() {
        resolver.close();

        assertThatCode(resolver::close).doesNotThrowAnyException();
    }

    private Found found(ContainerId id) {
        return resolve(id) instanceof Found found ? found : fail(id + " runs, but resolve() gave " + resolve(id));
    }

    private Resolution resolve(ContainerId id) {
        try {
            var resolution = resolver.resolve(id);
            assertThat(resolution).as("resolve(%s)", brief(id)).isNotNull();
            return resolution;
        } catch (RuntimeException e) {
            return fail("resolve(" + brief(id) + ") threw; what cannot be found out is unknown, with the reason", e);
        }
    }

    private static String brief(ContainerId id) {
        var text = id.toString();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
