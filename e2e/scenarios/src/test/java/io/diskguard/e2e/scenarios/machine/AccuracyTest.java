/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.e2e.scenarios.machine.Accuracy.Expected;
import io.diskguard.e2e.scenarios.machine.Meter.Place;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyTest {
    private static final Place PLACE = new Place(new CgroupPath("/pod/app"), new DeviceId(259, 1));
    private static final Expected HUNDRED = new Expected("busy", PLACE, LimitKey.WIOPS, 100);
    private static final Expected THOUSAND = new Expected("also busy", PLACE, LimitKey.RBPS, 1000);

    private final List<String> figures = new ArrayList<>();
    private int measured;

    private Accuracy inWindows(IoRates... windows) {
        return new Accuracy(places -> List.of(windows[measured++], IoRates.ZERO).subList(0, places.size()), reporter());
    }

    private TestReporter reporter() {
        return new TestReporter() {
            @Override
            public void publishEntry(Map<String, String> map) {
                map.forEach((what, figure) -> figures.add(what + ": " + figure));
            }
        };
    }

    private static IoRates writes(double perSecond) {
        return new IoRates(7, perSecond, 7, 7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {97, 100, 103})
    void aRateWithinThreePercentOfTheLimitIsRightAtOnceAndTold(double rate) {
        inWindows(writes(rate)).assertKept(HUNDRED);

        assertThat(measured).isEqualTo(1);
        assertThat(figures)
                .containsExactly(String.format(Locale.ROOT, "busy, wiops=100: %.1f (%+.1f %%)", rate, rate - 100));
    }

    @Test
    void moreThanTheLimitIsWrongAtOnceHoweverTheNextWindowWouldBe() {
        assertThatThrownBy(() -> inWindows(writes(103.1), writes(100)).assertKept(HUNDRED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(() -> inWindows(writes(90), writes(90), writes(104)).assertKept(HUNDRED))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void lessIsMeasuredAgainAsTheMachineMayNotHaveBeenLetRun() {
        inWindows(writes(60), writes(96.9), writes(98)).assertKept(HUNDRED);

        assertThat(measured).isEqualTo(3);
        assertThat(figures).containsExactly("busy, wiops=100: 98.0 (-2.0 %)");
    }

    @Test
    void loadThatDoesNothingProvesNothing() {
        var idle = inWindows(writes(0), writes(0), writes(0), writes(0), writes(0), writes(100));

        assertThatThrownBy(() -> idle.assertKept(HUNDRED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("less than the limit in each of 5 windows");
        assertThat(figures).isNotEmpty();
    }

    @Test
    void allHaveToBeRightInOneWindow() {
        var first = List.of(writes(100), new IoRates(0, 0, 900, 0));
        var second = List.of(writes(90), new IoRates(0, 0, 1000, 0));
        var third = List.of(writes(100), new IoRates(0, 0, 1000, 0));
        var windows = List.of(first, second, third).iterator();

        assertThatCode(() -> new Accuracy(places -> windows.next(), reporter()).assertKept(HUNDRED, THOUSAND))
                .doesNotThrowAnyException();
        assertThat(windows).isExhausted();
    }
}
