/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.apiserver.PodTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final int PODS = 250;
    /** A fifth of the pods a minute for ten minutes. */
    private static final int CHANGES = PODS / 5 * 10;

    private final World world = new World("n", PODS, 1);

    private List<Change> changes() {
        return IntStream.range(0, CHANGES).mapToObj(i -> world.next()).toList();
    }

    @Test
    void theSameSeedMakesTheSameChanges() {
        var again = new World("n", PODS, 1);
        assertThat(again.pods()).isEqualTo(world.pods());
        changes().forEach(change -> assertThat(again.next()).isEqualTo(change));
    }

    @Test
    void theNodeStaysFullAndEveryKindOfChangeHappens() {
        var kinds = new TreeMap<String, Integer>();
        for (var change : changes()) {
            if (change instanceof Change.Edited edited) {
                kinds.merge(edited.what(), 1, Integer::sum);
                assertThat(edited.after()).isNotEqualTo(edited.before());
            } else if (change instanceof Change.Restarted) {
                kinds.merge("restart", 1, Integer::sum);
            } else if (change instanceof Change.Replaced replaced) {
                kinds.merge("replaced, forced " + replaced.forced() + ", known " + replaced.known(), 1, Integer::sum);
            }
        }
        assertThat(world.pods()).hasSize(PODS);
        assertThat(kinds)
                .hasSize(7 + 1 + 1 + 1 + 4)
                .allSatisfy((kind, times) -> assertThat(times).as(kind).isGreaterThan(3));
    }

    /** Else it could not be told what the last change did. */
    @Test
    void aPodIsLeftAloneForSomeTimeAfterAChange() {
        var last = new ArrayList<String>();
        for (var change : changes()) {
            var now = uids(change);
            assertThat(last.subList(Math.max(0, last.size() - 15), last.size())).doesNotContainAnyElementsOf(now);
            last.addAll(now);
        }
    }

    @Test
    void aRestartedContainerHasANewIdAndNothingElseIsNew() {
        var restart = world.restart();
        var before = restart.before().containers();
        var after = restart.after().containers();
        assertThat(restart.after().withContainers(before)).isEqualTo(restart.before());
        for (var i = 0; i < before.size(); i++) {
            assertThat(after.get(i).id().equals(before.get(i).id())).isEqualTo(i != restart.container());
        }
    }

    @Test
    void whatOthersWriteIsNeverAmongTheAnnotationsThatLimitsComeFrom() {
        for (var change : changes()) {
            if (change instanceof Change.Edited edited) {
                var others = edited.what().equals("annotation of others");
                assertThat(ours(edited.before()).equals(ours(edited.after())) || !others)
                        .isTrue();
                assertThat(others(edited.before()).equals(others(edited.after())) || others)
                        .isTrue();
            }
        }
    }

    private static List<String> uids(Change change) {
        if (change instanceof Change.Edited edited) {
            return List.of(edited.after().uid());
        }
        if (change instanceof Change.Restarted restarted) {
            return List.of(restarted.after().uid());
        }
        return List.of(((Change.Replaced) change).gone().uid());
    }

    private static Map<String, String> ours(PodTemplate pod) {
        var annotations = new TreeMap<>(pod.annotations());
        annotations.keySet().removeIf(key -> !key.startsWith(Expectation.PREFIX));
        return annotations;
    }

    private static HashSet<Map.Entry<String, String>> others(PodTemplate pod) {
        var all = new HashSet<>(pod.annotations().entrySet());
        all.removeAll(ours(pod).entrySet());
        return all;
    }
}
