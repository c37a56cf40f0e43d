/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static io.diskguard.reconcile.Examples.CGROUP;
import static io.diskguard.reconcile.Examples.DISK;
import static io.diskguard.reconcile.Examples.both;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.LimitPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldTest {
    private final Told told = new Told();

    private boolean foreign(long iops, Map<String, String> annotations) {
        return told.foreign(new Action.LeaveForeign(Examples.target(annotations), DISK, both(iops), both(500)));
    }

    @Test
    void aForeignLimitIsNewsOnceAndAgainWhenItChanges() {
        assertThat(foreign(7, Map.of())).isTrue();
        assertThat(foreign(7, Map.of("another", "annotation"))).isFalse();
        assertThat(foreign(8, Map.of())).isTrue();
    }

    @Test
    void aReasonIsNewsOnceUntilItIsGone() {
        assertThat(told.unreadable(CGROUP, Optional.of("off"))).isTrue();
        assertThat(told.unreadable(CGROUP, Optional.of("off"))).isFalse();
        assertThat(told.unreadable(CGROUP, Optional.empty())).isFalse();
        assertThat(told.unreadable(CGROUP, Optional.of("off"))).isTrue();
    }

    @Test
    void aProblemIsNewsOnceAndAgainWhenItsAnnotationsCameAnew() {
        var problem = new LimitPolicy.Problem("iops-limit/read-iops", "many", "a number");
        var pod = Examples.pod(Map.of(problem.key(), problem.value()));

        assertThat(told.problems(pod, Set.of())).isEmpty();
        assertThat(told.problems(pod, Set.of(problem))).containsExactly(problem);
        assertThat(told.problems(pod, Set.of())).as("its container is gone").isEmpty();
        assertThat(told.problems(pod, Set.of(problem))).as("and back").isEmpty();
        assertThat(told.problems(Examples.pod(Map.of()), Set.of())).isEmpty();
        assertThat(told.problems(pod, Set.of(problem))).containsExactly(problem);
    }

    @Test
    void cgroupsThatAreGoneAreForgotten() {
        foreign(7, Map.of());
        told.prune(CGROUP::equals);
        assertThat(foreign(7, Map.of())).isFalse();
        told.prune(cgroup -> false);
        assertThat(foreign(7, Map.of())).isTrue();
    }
}
