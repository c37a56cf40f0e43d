/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.history;

import io.diskguard.model.IoCounters;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the containers of one name did on one disk. Differences of counters are added up as they come, each within one
 * container id and one source, never where a counter went backwards; a container that takes another's place counts from
 * nothing; a rate is what was added up in a window over the time in which
 * it was. Not thread-safe.
 */
public final class LoadHistory {
    private static final long MILLI = 1_000_000;
    private static final double SECOND = 1e3;
    private static final LimitKey[] KEYS = LimitKey.values();
    private static final IoCounters NOTHING = new IoCounters(0, 0, 0, 0);

    private HistoryShape shape;
    private Ring[] rings;
    private final long[] total = new long[4];
    private int coveredMillis;
    /** Up to when it was added up. */
    private long until;
    /** When something was last heard. */
    private long heard;

    private boolean begun;
    private Base[] bases = {};

    /** The last counters of a source. */
    private record Base(String source, String id, long nanos, IoCounters counters) {}

    /** An empty one. */
    public LoadHistory(HistoryShape shape) {
        this.shape = shape;
        this.rings = rings(shape);
    }

    private static Ring[] rings(HistoryShape shape) {
        return shape.spans().stream()
                .map(span -> new Ring(span.length(), span.resolution(), shape.interval()))
                .toArray(Ring[]::new);
    }

    /**
     * Goes on in another shape. What is remembered is remembered still, as finely as it was: a window that is longer, or new,
     * is judged by it at once.
     */
    public void reshape(HistoryShape next) {
        if (next.equals(shape)) {
            return;
        }
        var fresh = rings(next);
        var from = new int[rings.length];
        for (var ring = oldest(from); ring >= 0; ring = oldest(from)) {
            for (var to : fresh) {
                to.take(rings[ring], from[ring]);
            }
            from[ring]++;
        }
        // Steps that stay remember what they did
        for (var i = 0; i < fresh.length; i++) {
            var same = next.interval().equals(shape.interval())
                    ? shape.spans().indexOf(next.spans().get(i))
                    : -1;
            fresh[i] = same < 0 ? fresh[i] : rings[same];
        }
        shape = next;
        rings = fresh;
        if (begun) {
            offer();
        }
    }

    /** Which ring has the oldest of the points that are left; -1 if none is. */
    private int oldest(int[] from) {
        var oldest = -1;
        for (var i = 0; i < rings.length; i++) {
            if (from[i] < rings[i].size()
                    && (oldest < 0 || rings[i].time(from[i]) - rings[oldest].time(from[oldest]) < 0)) {
                oldest = i;
            }
        }
        return oldest;
    }

    /**
     * Takes counters; those that a source had told before are passed over.
     *
     * @param id of the container
     * @param nanos when they were read, by the ticker
     */
    public void sampled(String source, String id, long nanos, IoCounters counters) {
        var slot = slot(source);
        var base = slot < bases.length ? bases[slot] : null;
        if (base != null && base.id().equals(id) && nanos <= base.nanos()) {
            return;
        }
        // What another source has counted meanwhile would count twice
        if (base != null && base.id().equals(id) && base.nanos() >= until && isForward(base.counters(), counters)) {
            add(base.counters(), counters);
            cover(base.nanos(), nanos);
        } else if (base != null && !base.id().equals(id) && isNext(nanos)) {
            // All that it counts it did since its predecessor was heard: who starts anew all the time is seen too
            add(NOTHING, counters);
            cover(heard, nanos);
        } else {
            hear(nanos);
        }
        put(slot, new Base(source, id, nanos, counters));
    }

    private void add(IoCounters from, IoCounters to) {
        for (var key : KEYS) {
            total[key.ordinal()] += get(to, key) - get(from, key);
        }
    }

    /** Whether nothing was missed since the last time. */
    private boolean isNext(long nanos) {
        return nanos > heard && nanos - heard <= 2 * shape.interval().toNanos();
    }

    /** Nothing was done since the last time, for the container does not run. */
    public void absent(long nanos) {
        if (begun && nanos > heard) {
            cover(heard, nanos);
        } else {
            hear(nanos);
        }
    }

    /**
     * What was done in the window that ends now.
     *
     * @return empty if nothing was counted in it
     */
    public Optional<WindowLoad> over(Duration window, long now) {
        var ring = ring(window);
        var oldest = ring.oldest(millis(now), Math.toIntExact(window.toMillis()));
        if (oldest < 0) {
            return Optional.empty();
        }
        var covered = coveredMillis - ring.covered(oldest);
        return covered <= 0
                ? Optional.empty()
                : Optional.of(new WindowLoad(
                        new IoRates(
                                rate(ring, oldest, LimitKey.RIOPS, covered),
                                rate(ring, oldest, LimitKey.WIOPS, covered),
                                rate(ring, oldest, LimitKey.RBPS, covered),
                                rate(ring, oldest, LimitKey.WBPS, covered)),
                        Duration.ofMillis(covered)));
    }

    /** Whether the number was as high as that, or higher, between any two samples in the window that ends now. */
    public boolean reached(LimitKey key, double rate, Duration window, long now) {
        var ring = ring(window);
        var oldest = ring.oldest(millis(now), Math.toIntExact(window.toMillis()));
        if (oldest < 0) {
            return false;
        }
        for (var point = oldest; point < ring.size(); point++) {
            var isLast = point + 1 == ring.size();
            var covered = (isLast ? coveredMillis : ring.covered(point + 1)) - ring.covered(point);
            var done = (isLast ? total[key.ordinal()] : ring.total(point + 1, key.ordinal()))
                    - ring.total(point, key.ordinal());
            if (covered > 0 && done / (covered / SECOND) >= rate) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing was counted in the longest window that ends now. */
    public boolean isStale(long now) {
        return !begun || now - heard > shape.longest().toNanos();
    }

    private double rate(Ring ring, int oldest, LimitKey key, int covered) {
        return (total[key.ordinal()] - ring.total(oldest, key.ordinal())) / (covered / SECOND);
    }

    private void cover(long from, long to) {
        coveredMillis += millis(to) - millis(from);
        until = to;
        hear(to);
    }

    private void hear(long nanos) {
        if (!begun) {
            begun = true;
            until = nanos;
            heard = nanos;
        }
        heard = Math.max(heard, nanos);
        offer();
    }

    private void offer() {
        for (var ring : rings) {
            ring.offer(millis(heard), coveredMillis, total);
        }
    }

    private Ring ring(Duration window) {
        for (var i = 0; i < rings.length; i++) {
            if (shape.spans().get(i).length().compareTo(window) >= 0) {
                return rings[i];
            }
        }
        throw new IllegalArgumentException("the history goes back " + shape.longest() + ", not " + window);
    }

    private int slot(String source) {
        for (var i = 0; i < bases.length; i++) {
            if (bases[i].source().equals(source)) {
                return i;
            }
        }
        return bases.length;
    }

    private void put(int slot, Base base) {
        if (slot == bases.length) {
            bases = Arrays.copyOf(bases, slot + 1);
        }
        bases[slot] = base;
    }

    private static boolean isForward(IoCounters from, IoCounters to) {
        return to.rbytes() >= from.rbytes()
                && to.wbytes() >= from.wbytes()
                && to.rios() >= from.rios()
                && to.wios() >= from.wios();
    }

    private static long get(IoCounters counters, LimitKey key) {
        return switch (key) {
            case RIOPS -> counters.rios();
            case WIOPS -> counters.wios();
            case RBPS -> counters.rbytes();
            case WBPS -> counters.wbytes();
        };
    }

    private static int millis(long nanos) {
        return (int) Math.floorDiv(nanos, MILLI);
    }
}
