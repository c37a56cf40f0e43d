/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link RuntimeResolver} hears of that one. */
class RuntimeKitCatchesTest {
    @Test
    void aResolverThatKeepsEveryPromisePasses() {
        assertThat(Kit.failures(OfGood.class)).isEmpty();
    }

    @Test
    void aResolverThatTakesTheBeginningOfAnIdForIt() {
        assertThat(Kit.failures(OfPrefixes.class)).contains("theBeginningOfAnIdIsNoId");
    }

    @Test
    void aResolverThatTakesSilenceForANo() {
        assertThat(Kit.failures(OfSilent.class))
                .containsExactlyInAnyOrder(
                        "anUnreachableRuntimeIsUnknownNotGone", "afterCloseARunningContainerIsNotGone");
    }

    @Test
    void aResolverThatThrows() {
        assertThat(Kit.failures(OfThrowing.class)).contains("anIdThatNeverWasIsGone", "aVeryLongIdIsNobody");
    }

    /** A runtime, and its resolver: right as it stands. */
    private static class Good implements RuntimeFixture, RuntimeResolver {
        private final TreeSet<String> running = new TreeSet<>();
        private boolean reachable = true;
        private int started;

        @Override
        public Resolution resolve(ContainerId id) {
            if (!reachable) {
                return silent();
            }
            return running.contains(id.id()) ? found(id.id()) : gone(id);
        }

        Resolution silent() {
            return new Resolution.Unknown("connection refused");
        }

        Resolution gone(ContainerId id) {
            return new Resolution.Gone();
        }

        Resolution found(String id) {
            return new Resolution.Found(
                    cgroupOf(new ContainerId("test", id)),
                    Optional.of("app"),
                    Optional.empty(),
                    Optional.of(7L),
                    id.startsWith("5a"));
        }

        Optional<String> startingWith(String beginning) {
            return Optional.ofNullable(running.ceiling(beginning)).filter(id -> id.startsWith(beginning));
        }

        @Override
        public RuntimeResolver resolver() {
            return this;
        }

        @Override
        public ContainerId start() {
            return add("c%063x".formatted(++started));
        }

        private ContainerId add(String id) {
            running.add(id);
            return new ContainerId("test", id);
        }

        @Override
        public CgroupPath cgroupOf(ContainerId container) {
            return new CgroupPath("/kubepods/pod1").child(container.id());
        }

        @Override
        public Optional<ContainerId> sandbox() {
            return Optional.of(add("5a".repeat(32)));
        }

        @Override
        public void remove(ContainerId container) {
            running.remove(container.id());
        }

        @Override
        public boolean disconnect() {
            reachable = false;
            return true;
        }

        @Override
        public void close() {
            reachable = false;
        }
    }

    static class OfGood extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new Good();
        }
    }

    static class OfPrefixes extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new Good() {
                @Override
                Resolution gone(ContainerId id) {
                    return startingWith(id.id()).map(this::found).orElseGet(() -> super.gone(id));
                }
            };
        }
    }

    static class OfSilent extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new Good() {
                @Override
                Resolution silent() {
                    return new Resolution.Gone();
                }
            };
        }
    }

    static class OfThrowing extends RuntimeResolverTck {
        @Override
        protected RuntimeFixture openFixture() {
            return new Good() {
                @Override
                Resolution gone(ContainerId id) {
                    throw new IllegalStateException("404");
                }
            };
        }
    }
}
