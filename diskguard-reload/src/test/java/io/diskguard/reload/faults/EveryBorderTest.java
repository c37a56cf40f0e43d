/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.diskguard.testkit.fault.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises that hold whatever goes wrong at whichever border of the library. */
class EveryBorderTest {
    private static final Duration A_RESYNC = Duration.ofSeconds(35);
    /** The longest wait for a retry, and a resync. */
    private static final Duration ALL_RETRIES = Duration.ofSeconds(62);

    /** Where a fault is. */
    enum Where {
        /** At the pods named so, or their cgroups. */
        AT_SOME(call -> call.toString().contains(Scene.ILL)),
        EVERYWHERE(call -> true);

        private final Predicate<Call> calls;

        Where(Predicate<Call> calls) {
            this.calls = calls;
        }

        Predicate<Call> calls() {
            return calls;
        }
    }

    record Row(Kernel kernel, String operation, Trouble trouble, Where where) {
        /** Whether nobody can be guarded meanwhile. */
        boolean isForOthersToo() {
            return where == Where.EVERYWHERE
                    && (operation.startsWith("CgroupDriver.")
                            || operation.equals("PodSource.snapshot()")
                            || operation.startsWith("PodCgroups.containersOf")
                            || operation.startsWith("CgroupFs.") && !operation.startsWith("CgroupFs.file"));
        }

        /** Those that are not told show in {@code explain}, or cost nothing but what is told. */
        boolean isTold() {
            return trouble.told()
                    && Stream.of("LimitEscapes.", "ContainerDisks.", "ControlFile.")
                            .noneMatch(operation::startsWith);
        }

        @Override
        public String toString() {
            return kernel + " " + operation + " " + trouble + " " + where;
        }
    }

    /** Not called while a guard runs: by who puts it together ({@link AssemblyTest}), by who closes the part, for a scratch cgroup. */
    static final Set<String> UNCALLED = Set.of(
            "CgroupDriver.clear(CgroupPath,DeviceId)",
            "CgroupDriver.close()",
            "CgroupFs.mkdir(CgroupPath)",
            "CgroupFs.mountPoint()",
            "CgroupFs.openWatch()",
            "CgroupFs.rmdir(CgroupPath)",
            "CgroupWatch.close()",
            "IoSignals.ofNode()",
            "IoStatsSource.close()",
            "IoStatsSource.startCounting(DeviceId)",
            "LimitPolicy.name()",
            "LimitPolicy.order()",
            "LimitPolicy.phase()",
            "PodCgroups.close()",
            "PodCgroups.onAppeared(Consumer)",
            "PodSource.close()",
            "PodSource.find(String)",
            "PodSource.onChange(Consumer)",
            "RuntimeResolver.close()",
            "StateStore.close()",
            "StateStore.patch(PodRef,Map)");

    /** What is broken on the whole node. */
    private static final Set<String> OF_ALL =
            Set.of("throws", "fails EMFILE", "fails OTHER", "fails EACCES", "answers null");

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        Troubles.byOperation().forEach((operation, own) -> {
            if (!UNCALLED.contains(operation) && !isOfTrouble(operation)) {
                var all = Stream.concat(Troubles.ofAny().stream(), own.stream()).toList();
                for (var trouble : all) {
                    rows(operation, trouble, rows);
                }
            }
        });
        return rows;
    }

    /** Listeners hear of trouble only where there is some; each is told by the same code. */
    private static boolean isOfTrouble(String operation) {
        return operation.startsWith("DiskGuardListener.")
                && Stream.of("limitApplied", "podReconciled", "sampled", "limitCleared")
                        .noneMatch(operation::contains);
    }

    private static void rows(String operation, Trouble trouble, List<Row> rows) {
        for (var kernel : Kernel.values()) {
            var hasPlace = Borders.hasPlace(operation);
            if (hasPlace) {
                rows.add(new Row(kernel, operation, trouble, Where.AT_SOME));
            }
            if (!hasPlace || OF_ALL.contains(trouble.name())) {
                rows.add(new Row(kernel, operation, trouble, Where.EVERYWHERE));
            }
        }
    }

    /** All of them with {@code -Ddiskguard.faults=all}; else those that are not much like another. */
    static List<Row> rowsToTry() {
        return "all".equals(System.getProperty("diskguard.faults"))
                ? rows()
                : rows().stream().filter(EveryBorderTest::isUnlikeOthers).toList();
    }

    private static boolean isUnlikeOthers(Row row) {
        var name = row.trouble().name();
        var isErrno = name.startsWith("fails E") || name.startsWith("is rejected E");
        var isUsual = !isErrno || name.endsWith("ENODEV") || name.endsWith("EMFILE");
        var isPlugin = Stream.of("RuntimeResolver.", "LimitPolicy.", "IoStatsSource.sample")
                .anyMatch(row.operation()::startsWith);
        var isOfPlugin = name.equals("lacks a class") || name.equals("overflows the stack");
        var isOfV1 = row.operation().startsWith("CgroupFs.write") && name.startsWith("fails");
        return isUsual
                && (isPlugin || !isOfPlugin)
                && (row.kernel() == Kernel.V2 || isOfV1)
                && (row.where() == Where.AT_SOME || !Borders.hasPlace(row.operation()));
    }

    @Test
    void everyOperationOfEveryBorderHasItsTroubles() {
        assertThat(Troubles.byOperation().keySet()).isEqualTo(Borders.operations());
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void whatIsLeftOutIsNotCalledWhileAGuardRuns(Kernel kernel) {
        var called = new TreeSet<String>();
        try (var scene = new Scene(kernel).settle()) {
            UNCALLED.forEach(operation -> scene.plan.at(Borders.port(operation), Borders.method(operation), call -> {
                called.add(operation);
                return call.proceed();
            }));
            scene.change().drive(A_RESYNC);
            assertThat(called).isEmpty();
        }
    }

    private static Scene scene(Row row) {
        return row.operation().startsWith("IoSignals.") ? Scene.underPressure(row.kernel()) : new Scene(row.kernel());
    }

    @ParameterizedTest
    @MethodSource("rowsToTry")
    void thePromisesHold(Row row) {
        try (var scene = scene(row).settle()) {
            assertThat(scene.ledger.differences()).as("before").isEmpty();
            assertThat(scene.ledger.violations()).as("before").isEmpty();
            scene.heard.clear();
            // What a plugin that fails would have tightened is not tightened
            if (row.operation().startsWith("LimitPolicy.")) {
                scene.ledger.mayHave(scene.cgroup("x-tight"), Scene.writes(500));
            }
            var fault = row.trouble().fault().apply(scene);
            var met = new AtomicInteger();
            Borders.provoke(scene.plan, row.operation(), row.where().calls);
            scene.plan.at(Borders.port(row.operation()), Borders.method(row.operation()), row.where().calls, call -> {
                met.incrementAndGet();
                return fault.answer(call);
            });

            scene.change().drive(A_RESYNC);

            var others = row.isForOthersToo() ? List.of() : scene.ledger.differences(Scene.WELL);
            scene.plan.end();
            scene.drive(ALL_RETRIES);

            assertSoftly(softly -> {
                softly.assertThat(met.get()).as("met").isPositive();
                softly.assertThat(others).as("others").isEmpty();
                softly.assertThat(scene.ledger.violations()).as("violations").isEmpty();
                softly.assertThat(scene.ledger.differences()).as("after").isEmpty();
                if (row.isTold()) {
                    softly.assertThat(scene.heard.lines()).as("told").isNotEmpty();
                }
            });
        }
    }
}
