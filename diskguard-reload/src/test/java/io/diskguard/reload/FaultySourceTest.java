/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.GuardConfig;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Snapshot;
import io.diskguard.spi.ConfigSource.Value;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.testkit.fault.Fault;
import io.diskguard.testkit.fault.FaultPlan;
import io.diskguard.testkit.fault.Faulty;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a source of the configuration does: what is in force goes on, and what it says next is put in force. */
@Timeout(60)
class FaultySourceTest {
    private final ManualClock clock = new ManualClock();
    private final FaultPlan plan = new FaultPlan();
    private final FakeSource file = new FakeSource("/etc/diskguard/config.yaml", 100);
    private final ConfigSource faulty = Faulty.of(ConfigSource.class, file, plan);
    private final List<GuardConfig> applied = new ArrayList<>();

    record Row(String operation, String name, Fault fault) {
        @Override
        public String toString() {
            return operation + " " + name;
        }
    }

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var operation : List.of("snapshot()", "order()")) {
            rows.add(new Row(operation, "throws", Fault.fail(() -> new IllegalStateException("broken for the test"))));
            rows.add(new Row(
                    operation, "throws a checked one", Fault.fail(() -> new IOException("broken for the test"))));
            rows.add(new Row(
                    operation, "lacks a class", Fault.fail(() -> new NoClassDefFoundError("com/example/Missing"))));
            rows.add(new Row(operation, "overflows the stack", Fault.fail(StackOverflowError::new)));
            rows.add(new Row(operation, "answers null", Fault.garbage(null)));
            rows.add(new Row(operation, "answers a text", Fault.garbage("500")));
        }
        for (var garbage :
                List.of("", "\u0000\u0001", "9".repeat(400), "-7", "x".repeat(10 << 20), Map.of(), List.of(1))) {
            var value = new Value(garbage, "test");
            var name = garbage.getClass().getSimpleName() + " of "
                    + garbage.toString().length();
            rows.add(new Row("snapshot()", name, says(Map.of("container_write_iops_limit", value))));
        }
        rows.add(new Row("snapshot()", "unknown keys", says(Map.of("\u0000", new Value(1, "test")))));
        return rows;
    }

    private static Fault says(Map<String, Value> values) {
        return Fault.garbage(new Snapshot(values, List.of()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsInForceGoesOnUntilItCanBeReadAgain(Row row) {
        file.says(Map.of("container_write_iops_limit", 500));
        var reloader = reloader();
        reloader.follow();
        plan.at(ConfigSource.class, row.operation(), row.fault());

        file.says(Map.of("container_write_iops_limit", 200)).tell();
        reloader.step();

        assertThat(plan.met()).as("met").isPositive();
        assertThat(inForce(reloader)).isEqualTo(Rate.perSecond(500));
        assertThat(reloader.status().last().isGood()).as("told").isFalse();
        assertThat(applied).isEmpty();

        plan.end();
        clock.advance(Reloading.AGAIN);
        reloader.step();
        assertThat(inForce(reloader)).isEqualTo(Rate.perSecond(200));
        assertThat(reloader.status().last().isGood()).isTrue();
    }

    @Test
    void aSourceThatCannotTellOfChangesIsNoTrouble() {
        file.says(Map.of("container_write_iops_limit", 500));
        plan.at(ConfigSource.class, "onChange", Fault.fail(() -> new NoClassDefFoundError("com/example/Missing")));
        var reloader = reloader();

        reloader.follow();

        assertThat(plan.met()).isPositive();
    }

    @Test
    void whatAnswersLateSaysWhatItSaidBefore() {
        file.says(Map.of("container_write_iops_limit", 500));
        var reloader = reloader();
        reloader.follow();
        plan.at(ConfigSource.class, "snapshot", Fault.late(() -> file.says(Map.of("container_write_iops_limit", 200))
                .tell()));
        file.says(Map.of("container_write_iops_limit", 300));
        reloader.step();
        assertThat(inForce(reloader)).isEqualTo(Rate.perSecond(300));
        plan.end();

        reloader.step();

        assertThat(inForce(reloader)).isEqualTo(Rate.perSecond(200));
    }

    @Test
    void oneThatHangsDoesNotKeepTheReloaderFromClosing() throws Exception {
        file.says(Map.of("container_write_iops_limit", 500));
        var reloader = reloader();
        var hang = Fault.hang();
        plan.at(ConfigSource.class, "snapshot", hang);
        var threads = new ArrayList<Thread>();
        reloader.start(task -> {
            var thread = new Thread(task, "reload-at-fault");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        hang.awaitReached();
        file.says(Map.of("container_write_iops_limit", 200));

        reloader.close();

        assertThat(inForce(reloader)).isEqualTo(Rate.perSecond(500));
        hang.release();
        threads.get(0).join(TimeUnit.SECONDS.toMillis(20));
        assertThat(threads.get(0).isAlive()).isFalse();
        assertThat(applied).as("put in force after the end").isEmpty();
    }

    private ConfigReloader reloader() {
        var environment = new Environment(HostPaths.host(), clock, clock, new TreeMap<>());
        var sources = List.of(faulty);
        var initial = (ConfigResult.Valid) ConfigLoader.load(sources);
        return ConfigReloader.of(
                environment,
                sources,
                initial,
                config -> {
                    applied.add(config);
                    clock.advance(Duration.ofMillis(1));
                    return new ConfigTarget.Answer.Applied();
                },
                List.of());
    }

    private static Rate inForce(ConfigReloader reloader) {
        return reloader.status().inForce().config().limits().defaults().get(LimitKey.WIOPS);
    }
}
