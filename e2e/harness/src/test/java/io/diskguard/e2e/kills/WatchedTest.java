/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.CgroupPath;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final Limits FIRST = Limits.of(1, 2, 3, 4);
    private static final Limits SECOND = Limits.of(5, 6, 7, 8);
    private static final Limits HALF = Limits.of(1, 2, 7, 8);
    private static final Settings PLAIN = new Settings(Limits.of(9, 9, 0, 0), 0);

    private static Watched container(boolean isAtomic) {
        return new Watched(new CgroupPath("/kubepods/a"), isAtomic, true, any -> FIRST, PLAIN);
    }

    private static boolean saw(Watched container, Limits seen) {
        return container.saw(seen, Instant.EPOCH);
    }

    @Test
    void aNewContainerMayHaveNothingUntilItHasItsLimit() {
        var container = container(true);
        assertThat(saw(container, Limits.NONE)).isTrue();
        assertThat(saw(container, FIRST)).isTrue();
        assertThat(saw(container, Limits.NONE)).isFalse();
    }

    @Test
    void whatWasBeforeAChangeMayStayButNotComeBack() {
        var container = container(true);
        saw(container, FIRST);
        container.want(any -> SECOND);
        assertThat(saw(container, FIRST)).isTrue();
        assertThat(saw(container, SECOND)).isTrue();
        assertThat(saw(container, FIRST)).isFalse();
    }

    @Test
    void onlyTheFourFilesOfVersionOneMayBeHalfWritten() {
        var files = container(false);
        saw(files, FIRST);
        files.want(any -> SECOND);
        assertThat(saw(files, HALF)).isTrue();
        var line = container(true);
        saw(line, FIRST);
        line.want(any -> SECOND);
        assertThat(saw(line, HALF)).isFalse();
    }

    @Test
    void aNumberOfAnotherContainerIsWrong() {
        var container = container(false);
        assertThat(saw(container, SECOND)).isFalse();
    }

    @Test
    void whatIsWantedUnderAConfigurationFollowsIt() {
        var container = new Watched(new CgroupPath("/kubepods/a"), true, true, Settings::defaults, PLAIN);
        container.configure(new Settings(SECOND, 0));
        assertThat(container.wanted()).isEqualTo(SECOND);
        assertThat(saw(container, PLAIN.defaults())).isTrue();
        assertThat(saw(container, SECOND)).isTrue();
        assertThat(container.isRight()).isTrue();
    }

    @Test
    void aLimitThatComesBackByAChangeDoesNotProveThatTheChangeWasHeard() {
        var container = container(true);
        saw(container, FIRST);
        container.want(any -> SECOND);
        container.want(any -> FIRST);
        assertThat(saw(container, FIRST)).isTrue();
        assertThat(saw(container, SECOND)).isTrue();
        container.settle();
        assertThat(saw(container, SECOND)).isFalse();
    }

    @Test
    void aContainerThatRunsAgainMayHaveWhatItsPodSaidBefore() {
        var container = container(true);
        saw(container, FIRST);
        container.want(any -> SECOND);
        var next = container.next(new CgroupPath("/kubepods/b"));
        assertThat(saw(next, Limits.NONE)).isTrue();
        assertThat(saw(next, FIRST)).isTrue();
        assertThat(saw(next, SECOND)).isTrue();
        assertThat(saw(next, FIRST)).isFalse();
    }

    @Test
    void whatWasRightForASecondIsAtRestUntilSomethingElseIsWanted() {
        var container = container(true);
        saw(container, FIRST);
        assertThat(container.isAtRest(Instant.EPOCH.plusMillis(900))).isFalse();
        assertThat(container.isAtRest(Instant.EPOCH.plusMillis(1100))).isTrue();
        container.want(any -> SECOND);
        assertThat(container.isAtRest(Instant.EPOCH.plusMillis(1100))).isFalse();
    }

    @Test
    void whatWasTakenBackIsNotAtRestBeforeItsMarkIsGoneToo() {
        var container = container(true);
        saw(container, FIRST);
        container.stillMarked(Instant.EPOCH.plusSeconds(5));
        assertThat(container.isAtRest(Instant.EPOCH.plusSeconds(5))).isTrue();
        container.want(any -> Limits.NONE);
        saw(container, Limits.NONE);
        container.stillMarked(Instant.EPOCH.plusSeconds(5));
        assertThat(container.isAtRest(Instant.EPOCH.plusSeconds(5))).isFalse();
        assertThat(container.isAtRest(Instant.EPOCH.plusMillis(6100))).isTrue();
    }

    @Test
    void whatAGonePodHadIsTakenBackAndNeverSetAgain() {
        var container = container(true);
        saw(container, FIRST);
        container.orphan();
        assertThat(container.isRight()).isFalse();
        assertThat(saw(container, FIRST)).isTrue();
        assertThat(saw(container, SECOND)).isFalse();
        assertThat(saw(container, Limits.NONE)).isTrue();
        assertThat(container.isRight()).isTrue();
        assertThat(saw(container, FIRST)).isFalse();
    }

    @Test
    void limitsOfOthersNeverChange() {
        var foreign = new Watched(new CgroupPath("/a"), true, false, any -> FIRST, PLAIN);
        assertThat(saw(foreign, FIRST)).isTrue();
        assertThat(saw(foreign, Limits.NONE)).isFalse();
    }
}
