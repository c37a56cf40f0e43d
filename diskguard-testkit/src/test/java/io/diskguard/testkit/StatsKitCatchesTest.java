/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoCounters;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link IoStatsSource} hears of that one. */
class StatsKitCatchesTest {
    @Test
    void aSourceThatKeepsEveryPromisePasses() {
        assertThat(Kit.failures(OfGood.class)).isEmpty();
    }

    @Test
    void aSourceThatTellsZeroOfWhatItDoesNotKnow() {
        assertThat(Kit.failures(OfInventing.class)).contains("aDiskThatWasNotCountedIsAbsentNotZero");
    }

    @Test
    void aSourceThatTellsWhatCameSinceTheLastSample() {
        assertThat(Kit.failures(OfDifferences.class))
                .contains("aSampleIsTheCountersAndNotWhatCameSinceTheLast", "countersNeverDecreaseWhileTheCgroupLives");
    }

    @Test
    void aSourceThatTakesAnUnreadableFileForAVanishedCgroup() {
        assertThat(Kit.failures(OfHasty.class)).containsExactly("whatCannotBeReadIsUnavailableNotGone");
    }

    @Test
    void aSourceThatRemembersACgroupByItsName() {
        assertThat(Kit.failures(OfRemembering.class)).containsExactly("aNewCgroupOfTheSameNameStartsAnew");
    }

    @Test
    void aSourceThatCallsTheSinkBeforeItKnows() {
        assertThat(Kit.failures(OfEager.class))
                .contains("aVanishedCgroupIsGoneAndTheSinkIsNotCalled", "whatCannotBeReadIsUnavailableNotGone");
    }

    /** Reads {@code io.stat} as it should be done; what others spoil. */
    private static class Good implements IoStatsSource {
        private static final Pattern LINE =
                Pattern.compile("(\\d+:\\d+) rbytes=(\\d+) wbytes=(\\d+) rios=(\\d+) wios=(\\d+)");
        private final CgroupFs fs;

        Good(CgroupFs fs) {
            this.fs = fs;
        }

        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            var buffer = new ReadBuffer();
            if (fs.read(cgroup, "io.stat", buffer) instanceof FsResult.Failed failed) {
                return refused(failed);
            }
            LINE.matcher(buffer.text())
                    .results()
                    .forEach(line -> sink.counted(
                            DeviceId.parse(line.group(1)).orElseThrow(),
                            Long.parseLong(line.group(2)),
                            Long.parseLong(line.group(3)),
                            Long.parseLong(line.group(4)),
                            Long.parseLong(line.group(5))));
            return Sample.COUNTED;
        }

        Sample refused(FsResult.Failed failed) {
            return failed.errno() == Errno.ENOENT ? Sample.GONE : new Sample.Unavailable(failed.detail());
        }

        @Override
        public void close() {}
    }

    static class OfGood extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(Good::new);
        }
    }

    static class OfInventing extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(fs -> new Good(fs) {
                @Override
                public Sample sample(CgroupPath cgroup, Sink sink) {
                    var all = new HashMap<DeviceId, IoCounters>();
                    var sample = super.sample(
                            cgroup, (disk, rb, wb, ri, wi) -> all.put(disk, new IoCounters(rb, wb, ri, wi)));
                    if (sample instanceof Sample.Counted) {
                        all.putIfAbsent(new DeviceId(259, 0), new IoCounters(0, 0, 0, 0));
                        all.forEach((disk, io) -> sink.counted(disk, io.rbytes(), io.wbytes(), io.rios(), io.wios()));
                    }
                    return sample;
                }
            });
        }
    }

    static class OfDifferences extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(fs -> new Good(fs) {
                private final Map<CgroupPath, long[]> last = new HashMap<>();

                @Override
                public Sample sample(CgroupPath cgroup, Sink sink) {
                    return super.sample(cgroup, (disk, rb, wb, ri, wi) -> {
                        var before = last.getOrDefault(cgroup, new long[4]);
                        last.put(cgroup, new long[] {rb, wb, ri, wi});
                        sink.counted(disk, rb - before[0], wb - before[1], ri - before[2], wi - before[3]);
                    });
                }
            });
        }
    }

    static class OfHasty extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(fs -> new Good(fs) {
                @Override
                Sample refused(FsResult.Failed failed) {
                    return Sample.GONE;
                }
            });
        }
    }

    static class OfRemembering extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(fs -> new Good(fs) {
                private final Map<CgroupPath, IoCounters> most = new HashMap<>();

                @Override
                public Sample sample(CgroupPath cgroup, Sink sink) {
                    return super.sample(cgroup, (disk, rb, wb, ri, wi) -> {
                        var now = new IoCounters(rb, wb, ri, wi);
                        var io = most.merge(cgroup, now, (one, other) -> one.wios() > other.wios() ? one : other);
                        sink.counted(disk, io.rbytes(), io.wbytes(), io.rios(), io.wios());
                    });
                }
            });
        }
    }

    static class OfEager extends IoStatsSourceTck {
        @Override
        protected IoStatsFixture openFixture() {
            return SimulatedIoStats.v2(fs -> new Good(fs) {
                @Override
                public Sample sample(CgroupPath cgroup, Sink sink) {
                    var sample = super.sample(cgroup, sink);
                    if (!(sample instanceof Sample.Counted)) {
                        sink.counted(new DeviceId(8, 0), 0, 0, 0, 0);
                    }
                    return sample;
                }
            });
        }
    }
}
