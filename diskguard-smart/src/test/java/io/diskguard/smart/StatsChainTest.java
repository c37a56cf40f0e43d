/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.IoStatsSource.Counting;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatsChainTest {
    private static final CgroupPath CGROUP = new CgroupPath("/a");
    private static final DeviceId DISK = new DeviceId(8, 0);
    private static final Sample UNAVAILABLE = new Sample.Unavailable("away");

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Fake files = new Fake("files", 100);
    private final Fake kubelet = new Fake("kubelet", 50);

    @Test
    void theOneOfHighestPriorityCountsAndIsNamed() {
        var chain = chain(List.of(), kubelet, files);

        assertThat(chain.sample(CGROUP, new CounterMap())).isEqualTo(Sample.COUNTED);

        assertThat(chain.lastSource()).isEqualTo("files");
        assertThat(kubelet.samples).isZero();
    }

    @Test
    void whoIsWantedFirstIsAskedFirst() {
        var chain = chain(List.of("kubelet"), kubelet, files);

        chain.sample(CGROUP, new CounterMap());

        assertThat(chain.lastSource()).isEqualTo("kubelet");
        assertThat(chain.sources()).containsExactly("kubelet", "files");
    }

    @Test
    void theNextServesWhereTheFirstCannotSayUntilItCanAgain() {
        var chain = chain(List.of(), kubelet, files);
        files.answer = UNAVAILABLE;
        assertThat(chain.sample(CGROUP, new CounterMap())).isEqualTo(Sample.COUNTED);
        assertThat(chain.lastSource()).isEqualTo("kubelet");

        files.answer = Sample.COUNTED;
        chain.sample(CGROUP, new CounterMap());

        assertThat(chain.lastSource()).isEqualTo("files");
    }

    @Test
    void theNextServesWhereTheFirstFails() {
        var chain = chain(List.of(), kubelet, files);
        files.failure = new IllegalStateException("broken");
        var counters = new CounterMap();

        assertThat(chain.sample(CGROUP, counters)).isEqualTo(Sample.COUNTED);

        assertThat(chain.lastSource()).isEqualTo("kubelet");
        assertThat(counters.get(DISK)).isPresent();
    }

    @Test
    void aSinkThatFailsIsNoFaultOfTheSource() {
        var chain = chain(List.of(), kubelet, files);

        assertThatThrownBy(() -> chain.sample(CGROUP, (disk, rbytes, wbytes, rios, wios) -> {
                    throw new IllegalStateException("full");
                }))
                .hasMessage("full");
        assertThat(kubelet.samples).isZero();
    }

    @Test
    void aCgroupThatIsGoneIsGone() {
        files.answer = Sample.GONE;
        assertThat(chain(List.of(), kubelet, files).sample(CGROUP, new CounterMap()))
                .isEqualTo(Sample.GONE);
    }

    @Test
    void whereNoneCanSayTheLastReasonIsTold() {
        files.answer = new Sample.Unavailable("first");
        kubelet.answer = new Sample.Unavailable("second");
        assertThat(chain(List.of(), kubelet, files).sample(CGROUP, new CounterMap()))
                .isEqualTo(new Sample.Unavailable("second"));
    }

    @Test
    void oneThatFailsQuicklyIsAskedEachTime() {
        var chain = chain(List.of(), kubelet, files);
        files.answer = UNAVAILABLE;

        for (var i = 0; i < 1000; i++) {
            chain.sample(CGROUP, new CounterMap());
        }

        assertThat(files.samples).isEqualTo(1000);
    }

    @Test
    void oneThatTakesItsTimeToFailIsLeftAloneForAWhile() {
        var chain = chain(List.of(), kubelet, files);
        files.answer = UNAVAILABLE;
        files.takes = Duration.ofMillis(400);
        for (var i = 0; i < 1000; i++) {
            assertThat(chain.sample(CGROUP, new CounterMap())).isEqualTo(Sample.COUNTED);
        }
        assertThat(files.samples).isEqualTo(3);

        files.answer = Sample.COUNTED;
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        chain.sample(CGROUP, new CounterMap());

        assertThat(chain.lastSource()).isEqualTo("files");
    }

    @Test
    void aSourceThatCanWorkLaterIsFoundAndMeanwhileNotLookedForAllTheTime() {
        files.supported = false;
        var chain = chain(List.of(), files);
        assertThat(chain.startCounting(DISK)).isInstanceOfSatisfying(Counting.Off.class, off -> assertThat(off.reason())
                .contains("not here"));
        assertThat(chain.sample(CGROUP, new CounterMap())).isInstanceOf(Sample.Unavailable.class);
        assertThat(chain.lastSource()).isEmpty();
        files.supported = true;
        assertThat(chain.sample(CGROUP, new CounterMap())).isInstanceOf(Sample.Unavailable.class);
        assertThat(files.probes).isEqualTo(1);

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(chain.sample(CGROUP, new CounterMap())).isEqualTo(Sample.COUNTED);

        assertThat(files.started).containsExactly(DISK);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        chain.sample(CGROUP, new CounterMap());
        assertThat(files.probes).isEqualTo(2);
    }

    @Test
    void countingIsOffOnlyWhereNoSourceCounts() {
        var chain = chain(List.of(), kubelet, files);
        files.counting = new Counting.Off("read-only");
        assertThat(chain.startCounting(DISK)).isEqualTo(Counting.COUNTS);
        assertThat(kubelet.started).containsExactly(DISK);

        kubelet.counting = new Counting.Off("no kubelet");
        assertThat(chain.startCounting(DISK)).isEqualTo(new Counting.Off("read-only; no kubelet"));
    }

    @Test
    void thatOnlyThrottledIoIsCountedIsPassedOn() {
        var seen = new Counting.OnlyThrottled("seen");
        files.counting = seen;
        assertThat(chain(List.of(), kubelet, files).counting(DISK)).isEqualTo(seen);
    }

    @Test
    void oneThatCannotBeMadeIsLeftOut() {
        files.makes = false;
        assertThat(chain(List.of(), kubelet, files).sources()).containsExactly("kubelet");
    }

    @Test
    void closingClosesAllAndNothingIsAskedAfterIt() {
        var chain = chain(List.of(), kubelet, files);
        chain.sample(CGROUP, new CounterMap());
        chain.close();
        chain.close();

        assertThat(List.of(files.closed, kubelet.closed)).containsExactly(1, 1);
        assertThat(chain.sample(CGROUP, new CounterMap())).isEqualTo(new Sample.Unavailable("closed"));
    }

    private StatsChain chain(List<String> first, Provider<?>... providers) {
        var system = Environment.system();
        var world = new Environment(system.paths(), system.clock(), nanos::get, Map.of());
        return StatsChain.open(ProviderSource.of(providers), world, first);
    }

    private final class Fake implements IoStatsSource.Factory, IoStatsSource {
        private final String name;
        private final int priority;
        private final List<DeviceId> started = new ArrayList<>();
        private boolean supported = true;
        private boolean makes = true;
        private Sample answer = Sample.COUNTED;
        private RuntimeException failure;
        private Counting counting = Counting.COUNTS;
        private Duration takes = Duration.ZERO;
        private int samples;
        private int probes;
        private int closed;

        Fake(String name, int priority) {
            this.name = name;
            this.priority = priority;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Support probe(Environment environment) {
            probes++;
            return supported ? Support.supported() : Support.unsupported("not here");
        }

        @Override
        public IoStatsSource create(Environment environment) {
            if (!makes) {
                throw new IllegalStateException("cannot be made");
            }
            return this;
        }

        @Override
        public Sample sample(CgroupPath cgroup, Sink sink) {
            samples++;
            nanos.addAndGet(takes.toNanos());
            if (failure != null) {
                throw failure;
            }
            if (answer instanceof Sample.Counted) {
                sink.counted(DISK, 1, 2, 3, 4);
            }
            return answer;
        }

        @Override
        public Counting startCounting(DeviceId disk) {
            started.add(disk);
            return counting;
        }

        @Override
        public Counting counting(DeviceId disk) {
            return counting;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
