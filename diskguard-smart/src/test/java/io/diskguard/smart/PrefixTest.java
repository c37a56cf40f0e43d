/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What pods say of smart limits moves with the prefix, as the node runs. */
class PrefixTest {
    private static final String PREFIX = "smart_limit_annotation_prefix";
    private static final String ENABLED = "smart_limit_enabled";
    private static final String MODE = "smart_limit_mode";

    private static LiveNode limited(Map<String, String> annotations) {
        var node = new LiveNode(Map.of()).pod(annotations).writes(900).minutes(10);
        assertThat(node.kernel()).endsWith("wiops=720");
        return node.fresh();
    }

    private static Map<String, String> below(String prefix, LiveNode node) {
        var texts = new TreeMap<String, String>();
        node.annotations().forEach((key, value) -> {
            if (key.startsWith(prefix + "/")) {
                texts.put(key.substring(prefix.length() + 1), value);
            }
        });
        return texts;
    }

    @Test
    void onePatchMovesWhatThePodSays() {
        try (var node = limited(Map.of())) {
            var before = below("iops-limit", node);
            node.set(PREFIX, "acme.io").minutes(2);
            assertThat(below("acme.io", node)).isEqualTo(before).containsEntry("smart-limit", "true");
            assertThat(below("iops-limit", node)).isEmpty();
            assertThat(node.patches()).hasSize(1);
            assertThat(node.told()).isEmpty();
        }
    }

    @Test
    void whatIsOfThePodsOwnerAndOfOthersStays() {
        var others = Map.of(
                "iops-limit/read-iops", "700",
                "iops-limit/note", "ours",
                "kubediskguard.io/triggered-by", "15m",
                "kubediskguard.io/limit-removed", "true");
        try (var node = limited(others)) {
            node.set(PREFIX, "acme.io").minutes(2);
            var left = new HashMap<>(node.annotations());
            left.keySet().removeIf(key -> key.startsWith("acme.io/"));
            assertThat(left).isEqualTo(others);
        }
    }

    @Test
    void whatTheOriginalAgentSaysBelowThePrefixThatWasStays() {
        var originals = Map.of(
                "iops-limit/triggered-by", "15m",
                "iops-limit/trigger-reason", "15m[ReadIOPS:0.92>0.80]",
                "iops-limit/limit-removed", "true",
                "iops-limit/removed-at", "2024-01-15T10:30:00Z");
        try (var node = new LiveNode(Map.of()).pod(originals).minutes(2)) {
            node.set(PREFIX, "acme.io").minutes(2);
            assertThat(node.annotations()).isEqualTo(originals);
            assertThat(node.patches()).isEmpty();
        }
    }

    @Test
    void whatAPodSaysOfAReleaseMovesAsItIs() {
        try (var node = limited(Map.of()).writes(10).minutes(18)) {
            var before = below("iops-limit", node);
            assertThat(before).containsOnlyKeys("limit-removed", "removed-at", "removed-reason");
            node.fresh().set(PREFIX, "acme.io").minutes(5);
            assertThat(below("acme.io", node)).isEqualTo(before);
            assertThat(below("iops-limit", node)).isEmpty();
            assertThat(node.patches()).hasSize(1);
        }
    }

    @Test
    void aReleaseFromBeforeThisProcessMovesAsItIs() {
        var said = Map.of(
                "iops-limit/limit-removed", "true",
                "iops-limit/removed-at", "2024-01-15T10:30:00Z",
                "iops-limit/removed-reason", "load is low again in every window");
        try (var node = new LiveNode(Map.of()).pod(said).minutes(2)) {
            node.set(PREFIX, "acme.io").minutes(2);
            assertThat(node.annotations())
                    .containsOnlyKeys("acme.io/limit-removed", "acme.io/removed-at", "acme.io/removed-reason")
                    .containsEntry("acme.io/removed-at", "2024-01-15T10:30:00Z");
            assertThat(node.patches()).hasSize(1);
        }
    }

    @Test
    void changesInARowLeaveNothingBehind() {
        try (var node = limited(Map.of())) {
            var before = below("iops-limit", node);
            node.set(PREFIX, "a.io").seconds(1);
            node.set(PREFIX, "b.io").set(PREFIX, "c.io").seconds(1);
            assertThat(below("c.io", node)).isEqualTo(before);
            assertThat(node.annotations()).hasSameSizeAs(before);
            node.set(PREFIX, "b.io").set(PREFIX, "iops-limit").minutes(2);
            assertThat(below("iops-limit", node)).isEqualTo(before);
            assertThat(node.annotations()).hasSameSizeAs(before);
            assertThat(node.patches()).hasSize(3);
        }
    }

    @Test
    void aPatchThatArrivesLateIsMovedToo() {
        try (var node = limited(Map.of())) {
            var late = new HashMap<>(node.annotations());
            node.set(PREFIX, "a.io").minutes(1);
            late.putAll(node.annotations());
            node.pod(late).minutes(2);
            assertThat(below("iops-limit", node)).isEmpty();
            assertThat(below("a.io", node)).containsEntry("smart-limit", "true");
        }
    }

    @Test
    void switchedOffAtTheSameTimeThePodSaysThatBelowTheNewPrefix() {
        try (var node = limited(Map.of())) {
            node.set(Map.of(PREFIX, "acme.io", ENABLED, "false")).minutes(2);
            assertThat(node.annotations())
                    .containsOnlyKeys("acme.io/limit-removed", "acme.io/removed-at", "acme.io/removed-reason");
            assertThat(node.patches()).hasSize(1);
        }
    }

    @Test
    void switchedOffBeforeItMovesToo() {
        try (var node = limited(Map.of())) {
            node.set(ENABLED, "false").seconds(1);
            node.set(PREFIX, "acme.io").minutes(2);
            assertThat(node.annotations())
                    .containsOnlyKeys("acme.io/limit-removed", "acme.io/removed-at", "acme.io/removed-reason");
        }
    }

    @Test
    void inShadowNothingMoves() {
        try (var node = limited(Map.of())) {
            node.set(MODE, "shadow").seconds(1);
            var said = node.annotations();
            node.fresh().set(PREFIX, "acme.io").minutes(3);
            assertThat(node.annotations()).isEqualTo(said);
            assertThat(node.patches()).isEmpty();
            node.set(MODE, "enforce").minutes(2);
            assertThat(below("iops-limit", node)).isEmpty();
            assertThat(below("acme.io", node)).containsEntry("smart-limit", "true");
        }
    }

    @Test
    void toShadowAtTheSameTimeWhatWasSaidIsTakenBack() {
        try (var node = limited(Map.of())) {
            node.set(Map.of(PREFIX, "acme.io", MODE, "shadow")).minutes(3);
            assertThat(node.kernel()).isEmpty();
            assertThat(node.annotations())
                    .containsOnlyKeys("acme.io/limit-removed", "acme.io/removed-at", "acme.io/removed-reason");
        }
    }
}
