/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.TestReporter;

/**
 * Whether load keeps to a limit within 3 %, measured once settled. More than the limit is never right. Less may be an emulated machine
 * that was not let run: then the next window is measured, some times.
 */
public final class Accuracy {
    private static final double TOLERANCE = 0.03;
    private static final int WINDOWS = 5;

    private final Windows windows;
    private final TestReporter figures;

    /** Made once all limits are set and all loads run: the time to settle begins now, whatever else is looked at meanwhile. */
    public Accuracy(Cgroups cgroups, TestReporter figures) {
        this(settled(new Meter(cgroups)), figures);
    }

    Accuracy(Windows windows, TestReporter figures) {
        this.windows = windows;
        this.figures = figures;
    }

    /** The rates of some places in one window after the other. */
    interface Windows {
        List<IoRates> next(List<Place> places);
    }

    private static Windows settled(Meter meter) {
        var settled = System.nanoTime() + Meter.SETTLE.toNanos();
        return places -> {
            Meter.pass(Duration.ofNanos(settled - System.nanoTime()));
            return meter.over(Meter.WINDOW, places);
        };
    }

    /** A number of a cgroup on a disk that must be what its load, which never rests, comes to. */
    public record Expected(String what, Place place, LimitKey key, double perSecond) {
        private double share(IoRates rates) {
            return rates.get(key) / perSecond;
        }
    }

    public void assertKept(Expected... expected) {
        assertKept(List.of(expected));
    }

    /** All at once; the figures are reported. */
    public void assertKept(List<Expected> expected) {
        var places = expected.stream().map(Expected::place).toList();
        for (int window = 1; ; window++) {
            var rates = windows.next(places);
            var kept = true;
            for (int i = 0; i < expected.size(); i++) {
                var one = expected.get(i);
                assertThat(one.share(rates.get(i)))
                        .as("share of the limit: %s, %s=%s", one.what, one.key, one.perSecond)
                        .isLessThanOrEqualTo(1 + TOLERANCE);
                kept &= one.share(rates.get(i)) >= 1 - TOLERANCE;
            }
            if (kept || window == WINDOWS) {
                tell(expected, rates);
                if (!kept) {
                    fail("less than the limit in each of " + WINDOWS + " windows: " + expected + ": " + rates);
                }
                return;
            }
        }
    }

    private void tell(List<Expected> expected, List<IoRates> rates) {
        for (int i = 0; i < expected.size(); i++) {
            var one = expected.get(i);
            figures.publishEntry(
                    one.what + ", " + one.key.name().toLowerCase(Locale.ROOT) + "=" + Math.round(one.perSecond),
                    String.format(
                            Locale.ROOT,
                            "%.1f (%+.1f %%)",
                            rates.get(i).get(one.key),
                            100 * (one.share(rates.get(i)) - 1)));
        }
    }
}
