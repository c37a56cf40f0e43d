/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Counting;
import io.diskguard.spi.IoStatsSource.Sample;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link IoStatsSource} promises, on the simulated and on a real kernel. */
public abstract class IoStatsSourceTck {
    private static final int BLOCK = 8192;

    private IoStatsFixture fixture;
    private IoStatsSource source;
    private CgroupPath cgroup;

    /** For subclasses: opens nothing yet. */
    protected IoStatsSourceTck() {}

    /** Opens a source; called before each test and closed after it. */
    protected abstract IoStatsFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        source = fixture.source();
        cgroup = fixture.cgroups().newCgroup();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void aFreshCgroupIsCountedAndHasDoneNothing() {
        startCounting();

        assertThat(sample(cgroup).values())
                .as("absent or zero, for a cgroup without IO is neither gone nor unavailable")
                .allMatch(io -> io.equals(new IoCounters(0, 0, 0, 0)));
    }

    @Test
    void aDiskThatIsCountedIsNotSaidToBeOff() {
        startCounting();

        assertThat(source.counting(fixture.cgroups().disk())).isNotInstanceOf(Counting.Off.class);
    }

    @Test
    void whatIsWrittenIsCountedAsWritten() {
        startCounting();
        fixture.write(cgroup, 40, BLOCK);

        var io = counted(cgroup);

        assertThat(io.wios()).as("wios after 40 writes").isBetween(40L, 80L);
        assertThat(io.wbytes()).as("wbytes after 40 writes of 8 KiB").isBetween(40L * BLOCK, 80L * BLOCK);
        assertThat(io.rbytes()).as("rbytes, of which there were none").isLessThan(io.wbytes());
    }

    @Test
    void whatIsReadIsCountedAsRead() {
        startCounting();
        fixture.read(cgroup, 40, BLOCK);

        var io = counted(cgroup);

        assertThat(io.rios()).as("rios after 40 reads").isBetween(40L, 80L);
        assertThat(io.rbytes()).as("rbytes after 40 reads of 8 KiB").isBetween(40L * BLOCK, 80L * BLOCK);
        assertThat(io.wbytes()).as("wbytes, of which there were none").isLessThan(io.rbytes());
    }

    @Test
    void aDiskThatWasNotCountedIsAbsentNotZero() {
        startCounting();
        fixture.write(cgroup, 4, BLOCK);

        assertThat(sample(cgroup))
                .as("a zero says \"nothing was done\"; of a disk that the kernel does not list that is not known")
                .doesNotContainKey(fixture.cgroups().otherDisk())
                .containsKey(fixture.cgroups().disk());
    }

    @Test
    void whatANeighbourDoesIsNotCounted() {
        startCounting();
        var neighbour = fixture.cgroups().newCgroup();
        fixture.write(neighbour, 16, BLOCK);

        var mine = Optional.ofNullable(sample(cgroup).get(fixture.cgroups().disk()));

        assertThat(mine.map(IoCounters::wios).orElse(0L)).isZero();
        assertThat(counted(neighbour).wios()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void countersNeverDecreaseWhileTheCgroupLives() {
        startCounting();
        var before = new IoCounters(0, 0, 0, 0);
        for (var round = 0; round < 4; round++) {
            fixture.write(cgroup, 3, BLOCK);
            var now = counted(cgroup);
            assertThat(now.wios()).isGreaterThanOrEqualTo(before.wios() + 3);
            assertThat(now.wbytes()).isGreaterThanOrEqualTo(before.wbytes() + 3 * BLOCK);
            assertThat(now.rios()).isGreaterThanOrEqualTo(before.rios());
            before = now;
        }
    }

    @Test
    void aSampleIsTheCountersAndNotWhatCameSinceTheLast() {
        startCounting();
        fixture.write(cgroup, 5, BLOCK);
        var once = counted(cgroup);

        assertThat(counted(cgroup))
                .as("sampled twice without IO between: counters are cumulative")
                .isEqualTo(once);
    }

    @Test
    void aNewCgroupOfTheSameNameStartsAnew() {
        startCounting();
        fixture.write(cgroup, 30, BLOCK);
        assertThat(counted(cgroup).wios()).isGreaterThanOrEqualTo(30);

        fixture.cgroups().remove(cgroup);
        fixture.cgroups().make(cgroup);
        fixture.write(cgroup, 2, BLOCK);

        assertThat(counted(cgroup).wios())
                .as("nothing of a vanished cgroup is kept for the next of its name")
                .isBetween(2L, 29L);
    }

    @Test
    void aVanishedCgroupIsGoneAndTheSinkIsNotCalled() {
        startCounting();
        fixture.write(cgroup, 2, BLOCK);
        fixture.cgroups().remove(cgroup);

        assertGone(sampleWithoutCounters(cgroup));
    }

    @Test
    void aCgroupThatNeverWasIsGone() {
        assertGone(sampleWithoutCounters(cgroup.child("never-was")));
    }

    @Test
    void whatCannotBeReadIsUnavailableNotGone() {
        startCounting();
        fixture.write(cgroup, 2, BLOCK);
        assumeTrue(fixture.breakReads(), "the source cannot be made to fail here");

        assertThat(sampleWithoutCounters(cgroup))
                .as("gone would have the container forgotten; unavailable has the next source asked")
                .isInstanceOfSatisfying(Sample.Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .as("reason, for a person to read")
                        .isNotBlank());
    }

    @Test
    void startingToCountTwiceIsAsGoodAsOnce() {
        startCounting();
        fixture.write(cgroup, 3, BLOCK);
        var before = counted(cgroup);

        startCounting();

        assertThat(counted(cgroup))
                .as("counters after a second startCounting()")
                .isEqualTo(before);
    }

    @Test
    void startingToCountSetsNoLimitAndLeavesNoCgroup() {
        var children = fixture.cgroups().fs().children(fixture.cgroups().parent());

        startCounting();

        assertThat(fixture.cgroups().fs().children(fixture.cgroups().parent()))
                .as("cgroups beside those of the containers")
                .isEqualTo(children);
        fixture.write(cgroup, 200, BLOCK);
        assertThat(counted(cgroup).wios()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void countingOnADiskThatIsNotThereIsOffOrDoesNotMatter() {
        var nobody = fixture.cgroups().unknownDevice();

        var counting = source.startCounting(nobody);

        assertThat(counting).isNotNull();
        if (counting instanceof Counting.Off off) {
            assertThat(off.reason()).as("reason, for a person to read").isNotBlank();
        }
        startCounting();
        fixture.write(cgroup, 2, BLOCK);
        assertThat(counted(cgroup).wios()).as("the other disks go on").isGreaterThanOrEqualTo(2);
    }

    @Test
    void closingTwiceIsFine() {
        source.close();

        assertThatCode(source::close).doesNotThrowAnyException();
    }

    private void assertGone(Sample sample) {
        assertThat(sample)
                .as("of a cgroup that is not there")
                .isInstanceOf(fixture.seesWhatIsGone() ? Sample.Gone.class : Sample.Unavailable.class);
    }

    private void startCounting() {
        assertThat(source.startCounting(fixture.cgroups().disk()))
                .as("startCounting(%s)", fixture.cgroups().disk())
                .isInstanceOf(Counting.Counts.class);
    }

    private IoCounters counted(CgroupPath of) {
        var all = sample(of);
        return Optional.ofNullable(all.get(fixture.cgroups().disk()))
                .orElseGet(() ->
                        fail("IO was done on " + fixture.cgroups().disk() + ", but only these disks were counted: "
                                + all.keySet() + ". Does startCounting() have the kernel count?"));
    }

    private Map<DeviceId, IoCounters> sample(CgroupPath of) {
        var all = new TreeMap<DeviceId, IoCounters>();
        var sample = source.sample(of, (disk, rbytes, wbytes, rios, wios) -> {
            var twice = all.put(disk, new IoCounters(rbytes, wbytes, rios, wios));
            assertThat(twice).as("%s came twice: once for each disk", disk).isNull();
        });
        assertThat(sample).as("sample(%s)", of).isInstanceOf(Sample.Counted.class);
        return all;
    }

    private Sample sampleWithoutCounters(CgroupPath of) {
        var disks = new ArrayList<DeviceId>();
        var sample = source.sample(of, (disk, rbytes, wbytes, rios, wios) -> disks.add(disk));
        assertThat(disks)
                .as("unless the answer is Counted the sink is not called")
                .isEmpty();
        return sample;
    }
}
