/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Each of the outside world's services has one owner: time, class path, threads, standard streams, processes. */
class OwnersTest {
    private static final Set<String> OWNERS_OF_TIME = Set.of("io.diskguard.spi.Environment", "io.diskguard.spi.Ticker");

    private static final Map<String, Set<String>> TIME = Map.of(
            "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
            "java.time.Clock",
                    Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds", "tickMinutes"),
            "java.time.InstantSource", Set.of("system"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalTime", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"));

    private final JavaClasses house = House.mainClasses();

    @Test
    void onlyTheEnvironmentAndItsTickerKnowTheTime() {
        onlyOwnersTellTime().check(house);
    }

    @Test
    void theRuleOnTimeSeesCallsReferencesAndConstructors() {
        for (var culprit : new Class<?>[] {Caller.class, Reference.class, OldDate.class}) {
            assertThat(breaks(onlyOwnersTellTime(), culprit))
                    .as(culprit.getSimpleName())
                    .isTrue();
        }
        assertThat(breaks(onlyOwnersTellTime(), GivenClock.class)).isFalse();
    }

    @Test
    void onlyTheProviderPackageSearchesTheClassPath() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.diskguard.provider..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ServiceLoader.class)
                .check(house);
    }

    @Test
    void nothingSleeps() {
        noClasses()
                .should()
                .accessTargetWhere(access(
                        "Thread.sleep or TimeUnit.sleep",
                        a -> a.getName().equals("sleep")
                                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                        .contains(a.getTargetOwner().getName())))
                .check(house);
    }

    @Test
    void onlyTheAgentTalksOnStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.diskguard.agent..")
                .should()
                .accessTargetWhere(access(
                        "System.in, out or err",
                        a -> a.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("in", "out", "err").contains(a.getName())))
                .check(house);
    }

    @Test
    void onlyTheDemoStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.diskguard.agent.demo..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(access(
                        "Runtime.exec",
                        a -> a.getTargetOwner().getName().equals("java.lang.Runtime")
                                && a.getName().equals("exec")))
                .check(house);
    }

    private static ArchRule onlyOwnersTellTime() {
        return noClasses()
                .that(DescribedPredicate.describe("do not own time", c -> !OWNERS_OF_TIME.contains(c.getName())))
                .should()
                .accessTargetWhere(access("the machine's time", OwnersTest::tellsTime));
    }

    private static boolean tellsTime(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit)) {
            return false;
        }
        boolean takesAClock = unit.getRawParameterTypes().stream().anyMatch(p -> p.isEquivalentTo(Clock.class));
        return TIME.getOrDefault(owner, Set.of()).contains(access.getName()) && !takesAClock
                || owner.equals(Date.class.getName())
                        && access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                        && unit.getRawParameterTypes().isEmpty();
    }

    private static <A extends JavaAccess<?>> DescribedPredicate<A> access(
            String what, java.util.function.Predicate<? super A> test) {
        return DescribedPredicate.describe(what, test::test);
    }

    private static boolean breaks(ArchRule rule, Class<?> culprit) {
        return rule.evaluate(new ClassFileImporter().importClasses(culprit)).hasViolation();
    }

    static final class Caller {
        Instant now() {
            return Instant.now();
        }
    }

    static final class Reference {
        LongSupplier ticks() {
            return System::nanoTime;
        }
    }

    static final class OldDate {
        Date now() {
            return new Date();
        }
    }

    static final class GivenClock {
        Instant now(Clock clock) {
            return Instant.now(clock);
        }
    }
}
