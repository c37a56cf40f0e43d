/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import java.time.Duration;

/** Reads cumulative IO counters. Not thread-safe: one thread samples. */
public interface IoStatsSource extends AutoCloseable {
    /**
     * Reads the counters of one cgroup and hands each disk's to the sink; nothing to speak of is made for the collector to take away.
     * Unless the answer is {@link Sample.Counted} the sink was not called. It never waits for a network: who has to ask one
     * answers with what was heard last, and its age.
     */
    Sample sample(CgroupPath cgroup, Sink sink);

    /** Who gave the last answer of {@link #sample}, by name: a source may be several, and no difference is taken across two. */
    default String lastSource() {
        return "";
    }

    /**
     * Has the kernel count on this disk from now on, where it does not by itself. Called once for each disk, before the
     * first sample that matters.
     */
    default Counting startCounting(DeviceId disk) {
        return Counting.COUNTS;
    }

    /**
     * Whether the kernel counts on this disk, by what it counted up to now and since the call before; reads only. It may
     * take a few calls, with load between them, until it tells that not everything is counted.
     */
    default Counting counting(DeviceId disk) {
        return Counting.COUNTS;
    }

    @Override
    void close();

    /** Takes counters: bytes and operations since the cgroup was made, never negative. */
    @FunctionalInterface
    interface Sink {
        /** One disk; called at most once for each. A disk that is absent was not counted, which is not the same as zero. */
        void counted(DeviceId disk, long rbytes, long wbytes, long rios, long wios);
    }

    /** What came of reading. */
    sealed interface Sample {
        /**
         * The sink has them all.
         *
         * @param age how long before this answer the counters were read; never negative. A rate is their difference over
         *     the difference of the times at which they were read, which are not those at which they were sampled. Two
         *     samples read at the same time are one: a source may have nothing newer
         */
        record Counted(Duration age) implements Sample {
            /** @throws IllegalArgumentException if the age is negative */
            public Counted {
                if (age.isNegative()) {
                    throw new IllegalArgumentException("counters come from the past, age was " + age);
                }
            }

            /** Read just now. */
            public Counted() {
                this(Duration.ZERO);
            }
        }

        /** The cgroup is not there any more. */
        record Gone() implements Sample {}

        /** This source cannot say; the next one is asked. */
        record Unavailable(String reason) implements Sample {}

        /** Counted just now. */
        Sample COUNTED = new Counted();

        /** The one {@link Gone}. */
        Sample GONE = new Gone();
    }

    /** Whether the kernel counts on a disk. */
    sealed interface Counting {
        record Counts() implements Counting {}

        record Off(String reason) implements Counting {}

        /**
         * Only IO of cgroups that have a limit, themselves or above them, is counted (cgroup v1, Linux 5.16 to 6.4).
         *
         * @param reason what was seen, for a person to read
         */
        record OnlyThrottled(String reason) implements Counting {}

        /** The one {@link Counts}. */
        Counting COUNTS = new Counts();
    }

    /** Makes an {@link IoStatsSource}; they are ordered, the next one serves where one fails. */
    interface Factory extends Provider<IoStatsSource> {}
}
