/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Moment;
import io.diskguard.smart.state.SmartStateCodec;
import io.diskguard.spi.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StateMirrorTest {
    private int patches;
    private final StateStore refusing = new StateStore() {
        @Override
        public Map<String, String> read(String podUid) {
            return Map.of();
        }

        @Override
        public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
            patches++;
            return CompletableFuture.completedFuture(new Result.Forbidden("not permitted"));
        }

        @Override
        public void close() {}
    };
    private final StateMirror mirror = new StateMirror(
            Optional.of(refusing),
            new SmartStateCodec("iops-limit", Timeline.settings(Timeline.window("legacy", 10, 0.8, 0))),
            disk -> "disk");

    /** The limit went while nobody was there to say so: when, is not known, and must not make each try another one. */
    @Test
    void whatIsNotPermittedIsTriedAgainSeldom() {
        var said = Map.of(
                "iops-limit/smart-limit",
                "true",
                "iops-limit/triggered-by",
                "15m",
                "iops-limit/write-iops-limit",
                "300");
        var pod = new Pod("uid", "shop", "web", QosClass.BURSTABLE, Map.of(), said, List.of());
        for (var seconds = 0; seconds < 600; seconds += 30) {
            look(pod, seconds);
        }
        assertThat(patches).isEqualTo(1);
        look(pod, 700);
        assertThat(patches).isEqualTo(2);
    }

    private void look(Pod pod, int seconds) {
        var passed = Duration.ofSeconds(seconds);
        var now = new Moment(passed.toNanos(), Timeline.START.plus(passed));
        mirror.answers(now.nanos(), (of, result) -> {});
        mirror.reflect(pod, new TreeMap<>(), now);
    }
}
