/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.GuardConfig;
import io.diskguard.reload.ConfigTarget.Answer;
import io.diskguard.simulator.ManualClock;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reloader between a file and an environment that say what the test wants, and a target that answers so. */
final class Rig {
    static final String FILE = "/etc/diskguard/config.yaml";

    final ManualClock clock = new ManualClock();
    final Environment environment = new Environment(HostPaths.host(), clock, clock, Map.of());
    final FakeSource file = new FakeSource(FILE, 100);
    final FakeSource variables = new FakeSource("environment", 200);
    final List<ConfigSource> sources = List.of(file, variables);
    final List<GuardConfig> applied = new ArrayList<>();
    final List<Reload> heard = new ArrayList<>();
    final ConfigReloader reloader;
    volatile ConfigTarget target = config -> new Answer.Applied();

    Rig(Map<String, ?> atStart) {
        this(atStart, Map.of());
    }

    Rig(Map<String, ?> atStart, Map<String, ?> inVariables) {
        file.says(atStart);
        variables.says(inVariables);
        var initial = (ConfigResult.Valid) ConfigLoader.load(sources);
        reloader = ConfigReloader.of(environment, sources, initial, this::apply, List.of(heard::add));
        reloader.follow();
    }

    private Answer apply(GuardConfig config) {
        applied.add(config);
        clock.advance(Duration.ofMillis(12));
        return target.apply(config);
    }

    /** The file says this, and the reloader looks. */
    Reload reads(Map<String, ?> keys) {
        file.says(keys).tell();
        return looks();
    }

    Reload looks() {
        reloader.step();
        return reloader.status().last();
    }

    void later(Duration time) {
        clock.advance(time);
        reloader.step();
    }

    GuardConfig inForce() {
        return reloader.status().inForce().config();
    }

    void refuses(String reason) {
        target = config -> new Answer.Refused(reason);
    }

    void takes() {
        target = config -> new Answer.Applied();
    }
}
