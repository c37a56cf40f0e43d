/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class TellerTest {
    /** What {@code e2e/run} lets through from the console. */
    private static final String SHOWN = "(ok  |FAIL|skip|    ) .*";

    /** Runs the examples of a class, each of which takes a second. */
    private static List<String> told(Class<?> examples) {
        var said = new StringWriter();
        var second = new AtomicLong();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(examples))
                                .build(),
                        new Teller(new PrintWriter(said, true), () -> second.getAndAdd(1_000_000_000)));
        return said.toString().lines().toList();
    }

    static final class Held {
        @Test
        void aLimitHolds(TestReporter figures) {
            figures.publishEntry("data, wiops=40", "39.9 (-0.1 %)");
        }
    }

    @Test
    void whatHeldIsALineBelowItsFigures() {
        assertThat(told(Held.class))
                .containsExactly("     data, wiops=40: 39.9 (-0.1 %)", "ok   TellerTest$Held.aLimitHolds (1.0 s)")
                .allMatch(line -> line.matches(SHOWN));
    }

    static final class Each {
        @ParameterizedTest
        @ValueSource(strings = {"lvm", "crypt"})
        void kind(String name) {
            assertThat(name).isNotEmpty();
        }
    }

    @Test
    void ofARepeatedScenarioEachTimeSaysWhichItWas() {
        assertThat(told(Each.class)).hasSize(2).anySatisfy(line -> assertThat(line)
                .startsWith("ok   TellerTest$Each.kind [2]")
                .contains("crypt"));
    }

    static final class Broken {
        @Test
        void aLimitHolds() {
            fail("50 of 40\nin the first window");
        }
    }

    @Test
    void whatFailedSaysWhyInTheSameLineAndWhereBelow() {
        var told = told(Broken.class);

        assertThat(told.get(0))
                .isEqualTo("FAIL TellerTest$Broken.aLimitHolds (1.0 s): 50 of 40")
                .matches(SHOWN);
        assertThat(told).anyMatch(line -> line.contains("at ") && line.contains("Broken.aLimitHolds"));
    }

    static final class NeverBegun {
        @BeforeAll
        static void start() {
            throw new IllegalStateException("never ready");
        }

        @Test
        void aLimitHolds() {}
    }

    @Test
    void whatCouldNotEvenBeginIsAFailureOfTheWholeClass() {
        assertThat(told(NeverBegun.class))
                .filteredOn(line -> line.matches("(ok  |FAIL|skip) .*"))
                .singleElement()
                .asString()
                .startsWith("FAIL ")
                .contains("NeverBegun")
                .endsWith(": never ready");
    }

    static final class LeftOut {
        @Test
        @Disabled("takes a day")
        void aDayPasses() {}

        @Test
        void aDiskIsThere() {
            assumeThat(1).as("disks").isZero();
        }
    }

    @Test
    void whatWasNotLookedAtIsNeverSaidToHaveHeld() {
        assertThat(told(LeftOut.class))
                .filteredOn(line -> line.matches("(ok  |FAIL|skip) .*"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("skip TellerTest$LeftOut."))
                .anyMatch(line -> line.endsWith("aDayPasses: takes a day"));
    }
}
