/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link StateStore} hears of that one. */
class StateKitCatchesTest {
    @Test
    void whoKeepsEveryPromisePasses() {
        assertThat(Kit.failures(OfGood.class)).isEmpty();
    }

    @Test
    void aStoreThatPutsTheChangesInPlaceOfAll() {
        assertThat(Kit.failures(OfReplacing.class))
                .containsExactlyInAnyOrder(
                        "aKeyWithoutAValueIsRemovedAndOthersStay", "patchesOfOnePodTakeEffectInTheOrderOfTheCalls");
    }

    @Test
    void aStoreThatThrowsAfterItsEnd() {
        assertThat(Kit.failures(OfThrowing.class)).containsExactly("afterItsEndAPatchIsAResultNotAnException");
    }

    /** Texts in memory: right as it stands. */
    private static class Good implements StateStoreFixture, StateStore {
        final Map<String, Map<String, String>> pods = new HashMap<>();
        boolean closed;

        @Override
        public StateStore store() {
            return this;
        }

        @Override
        public PodRef put(String name) {
            return new PodRef("uid-" + name, "default", name);
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            assertThat(condition.getAsBoolean()).as(what).isTrue();
        }

        @Override
        public Map<String, String> read(String podUid) {
            return Map.copyOf(pods.getOrDefault(podUid, Map.of()));
        }

        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            if (closed) {
                return CompletableFuture.completedStage(new Result.Failed("closed"));
            }
            var texts = pods.computeIfAbsent(pod.uid(), none -> new HashMap<>());
            changes.forEach(
                    (key, value) -> value.ifPresentOrElse(text -> texts.put(key, text), () -> texts.remove(key)));
            return CompletableFuture.completedStage(new Result.Stored());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Replacing extends Good {
        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            pods.remove(pod.uid());
            return super.patch(pod, changes);
        }
    }

    private static final class Throwing extends Good {
        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            return super.patch(pod, changes);
        }
    }

    static class OfGood extends StateStoreTck {
        @Override
        protected StateStoreFixture openFixture() {
            return new Good();
        }
    }

    static class OfReplacing extends StateStoreTck {
        @Override
        protected StateStoreFixture openFixture() {
            return new Replacing();
        }
    }

    static class OfThrowing extends StateStoreTck {
        @Override
        protected StateStoreFixture openFixture() {
            return new Throwing();
        }
    }
}
