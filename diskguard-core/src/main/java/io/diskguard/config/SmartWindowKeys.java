/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The windows that smart limits are triggered by. */
final class SmartWindowKeys {
    static final ConfigKey<Duration> HISTORY = of(
                    "smart_limit_history_window",
                    WindowElement.LENGTH,
                    "the single window where graded thresholds are off and no windows are listed")
            .in("min")
            .withDefault("10");
    static final ConfigKey<Threshold> HIGH_IO =
            threshold("smart_limit_high_io_threshold", true, "of the single window");
    static final ConfigKey<Threshold> HIGH_BPS =
            threshold("smart_limit_high_bps_threshold", false, "of the single window");
    static final ConfigKey<Boolean> GRADED = of(
                    "smart_limit_graded_thresholds", Types.FLAG, "use the three windows of 15, 30 and 60 minutes")
            .withDefault("false");
    static final List<GradedWindow> GRADES = List.of(GradedWindow.of(15), GradedWindow.of(30), GradedWindow.of(60));
    static final ConfigKey<List<WindowElement>> WINDOWS = of(
            "smart_limit_windows",
            WindowElement.LIST,
            "any number of windows, shortest first; overrides the three and the single one");

    static final KeyGroup GROUP = new KeyGroup(
            "Smart limit: windows",
            "The first window, shortest first, in which a rate exceeds its threshold wins. A threshold of at most 1 is a"
                    + " fraction of the reference, one above 1 is absolute. A limit of 0 is computed.",
            keys());

    private SmartWindowKeys() {}

    /** The windows that count, shortest first. */
    static List<SmartWindow> inForce(ConfigValues values) {
        var listed = values.find(WINDOWS);
        if (listed.isPresent()) {
            return listed.get().stream().map(WindowElement::window).toList();
        }
        if (values.get(GRADED)) {
            return GRADES.stream().map(grade -> grade.window(values)).toList();
        }
        return List.of(new WindowElement(values.get(HISTORY), values.get(HIGH_IO), values.get(HIGH_BPS), 0, 0)
                .named("legacy"));
    }

    static ConfigKey<Threshold> threshold(String name, boolean operations, String which) {
        var type = operations ? Types.OPERATIONS_THRESHOLD : Types.BYTES_THRESHOLD;
        var what = operations ? "operations" : "bytes";
        return of(name, type, "what a rate of " + what + " has to exceed, " + which)
                .in("fraction or " + what + "/s")
                .withDefault("0.8");
    }

    private static List<ConfigKey<?>> keys() {
        var keys = new ArrayList<ConfigKey<?>>(List.of(HISTORY, HIGH_IO, HIGH_BPS, GRADED));
        GRADES.forEach(grade -> keys.addAll(grade.thresholds()));
        GRADES.forEach(grade -> keys.addAll(grade.limits()));
        keys.add(WINDOWS);
        return keys;
    }
}
