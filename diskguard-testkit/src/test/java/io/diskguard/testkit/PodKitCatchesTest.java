/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link PodSource} or {@link PodCgroups} hears of that one. */
class PodKitCatchesTest {
    @Test
    void whoKeepsEveryPromisePasses() {
        assertThat(Kit.failures(OfGood.class)).isEmpty();
        assertThat(Kit.failures(OfGoodCgroups.class)).isEmpty();
    }

    @Test
    void aSourceThatTakesNotKnowingForNoPods() {
        assertThat(Kit.failures(OfOptimist.class)).containsExactly("aSourceThatWasNeverHeardKnowsNothing");
    }

    @Test
    void cgroupsOfAStaticPodThatAreLookedForByTheMirrorsUid() {
        assertThat(Kit.failures(OfNaive.class)).containsExactly("aStaticPodIsFoundByItsConfigurationsHash");
    }

    @Test
    void cgroupsThatAreRememberedAfterTheyVanished() {
        assertThat(Kit.failures(OfRemembering.class)).containsExactly("whatVanishedIsNotFoundAnyMore");
    }

    /** Pods, and the source of them: right as it stands. */
    private static class Good implements PodSourceFixture, PodSource {
        private final Map<String, Pod> pods = new TreeMap<>();
        private final List<Consumer<String>> listeners = new ArrayList<>();
        private boolean heard = true;

        @Override
        public PodSource source() {
            return this;
        }

        @Override
        public String put(String name, Map<String, String> annotations) {
            var builder = Pods.pod(name).container("app");
            annotations.forEach(builder::annotation);
            var pod = builder.build();
            pods.put(pod.uid(), pod);
            listeners.forEach(listener -> listener.accept(pod.uid()));
            return pod.uid();
        }

        @Override
        public void remove(String name) {
            var uid = Pods.pod(name).build().uid();
            pods.remove(uid);
            listeners.forEach(listener -> listener.accept(uid));
        }

        @Override
        public boolean neverHeard() {
            heard = false;
            return true;
        }

        @Override
        public Snapshot snapshot() {
            return heard ? new Snapshot.Synced(pods.values()) : unheard();
        }

        Snapshot unheard() {
            return new Snapshot.Unknown("connection refused");
        }

        @Override
        public void onChange(Consumer<String> uid) {
            listeners.add(uid);
        }

        @Override
        public void close() {}
    }

    static class OfGood extends PodSourceTck {
        @Override
        protected PodSourceFixture openFixture() {
            return new Good();
        }
    }

    static class OfOptimist extends PodSourceTck {
        @Override
        protected PodSourceFixture openFixture() {
            return new Good() {
                @Override
                Snapshot unheard() {
                    return new Snapshot.Synced(List.of());
                }
            };
        }
    }

    /** Cgroups by the uid that they bear, and who finds them: right as it stands. */
    private static class GoodCgroups implements PodCgroupsFixture, PodCgroups {
        private final Map<String, Map<String, CgroupPath>> there = new HashMap<>();
        private final List<Consumer<String>> listeners = new ArrayList<>();

        @Override
        public PodCgroups podCgroups() {
            return this;
        }

        String uid(Pod pod) {
            return pod.cgroupUid();
        }

        @Override
        public CgroupPath start(Pod pod, ContainerId container) {
            var path = new CgroupPath("/kubepods/pod" + pod.cgroupUid()).child(container.id());
            there.computeIfAbsent(pod.cgroupUid(), none -> new LinkedHashMap<>())
                    .put(container.id(), path);
            listeners.forEach(listener -> listener.accept(pod.cgroupUid()));
            return path;
        }

        @Override
        public void stop(Pod pod, ContainerId container) {
            there.get(pod.cgroupUid()).remove(container.id());
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public Optional<CgroupPath> find(Pod pod, ContainerId id) {
            return Optional.ofNullable(there.getOrDefault(uid(pod), Map.of()).get(id.id()));
        }

        @Override
        public List<ContainerCgroup> containersOf(Pod pod) {
            return there.getOrDefault(uid(pod), Map.of()).entrySet().stream()
                    .map(entry -> new ContainerCgroup(entry.getValue(), entry.getKey()))
                    .toList();
        }

        @Override
        public void onAppeared(Consumer<String> cgroupUid) {
            listeners.add(cgroupUid);
        }

        @Override
        public void close() {}
    }

    static class OfGoodCgroups extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new GoodCgroups();
        }
    }

    static class OfNaive extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new GoodCgroups() {
                @Override
                String uid(Pod pod) {
                    return pod.uid();
                }
            };
        }
    }

    static class OfRemembering extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            return new GoodCgroups() {
                @Override
                public void stop(Pod pod, ContainerId container) {
                    // it does not notice
                }
            };
        }
    }
}
