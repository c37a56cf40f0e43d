/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An element of {@code smart_limit_windows}. Immutable.
 *
 * @param iopsLimit 0: computed
 * @param bpsLimit 0: computed
 */
record WindowElement(Duration length, Threshold io, Threshold bps, long iopsLimit, long bpsLimit) {
    static final ValueType<Duration> LENGTH = Types.minutes(Duration.ofMinutes(1), Duration.ofHours(24));

    private static final Threshold USUAL = new Threshold.Fraction(0.8);
    private static final String EXPECTED =
            "a list, shortest window first, such as [{window: 15m, io_threshold: 0.8, iops_limit: 200}]";
    private static final ValueType<WindowElement> ELEMENT =
            new ValueType<>("a window such as {window: 15m, io_threshold: 0.8}", WindowElement::parse);
    static final ValueType<List<WindowElement>> LIST = new ValueType<>(EXPECTED, WindowElement::parseList);

    SmartWindow window() {
        return named(Types.spelled(length));
    }

    SmartWindow named(String name) {
        return new SmartWindow(name, length, io, bps, DiskOverride.known(iopsLimit), DiskOverride.known(bpsLimit));
    }

    private static Parsed<WindowElement> parse(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Parsed.invalid(value, ELEMENT.expected());
        }
        var fields = new Structure(map);
        // duration, and duation, are how the program that DiskGuard follows writes it
        var length = fields.either(LENGTH, "window", "duration", "duation");
        if (!fields.has("window") && !fields.has("duration") && !fields.has("duation")) {
            fields.flaw("window", LENGTH.expected());
        }
        var io = fields.either(Types.OPERATIONS_THRESHOLD, "io_threshold", "iops_threshold");
        var bps = fields.get("bps_threshold", Types.BYTES_THRESHOLD);
        var iopsLimit = fields.get("iops_limit", Types.OPERATIONS);
        var bpsLimit = fields.get("bps_limit", Types.BYTES);
        var flaws = fields.flaws();
        return flaws.isEmpty() && length.isPresent()
                ? new Parsed.Valid<>(new WindowElement(
                        length.get(), io.orElse(USUAL), bps.orElse(USUAL), iopsLimit.orElse(0L), bpsLimit.orElse(0L)))
                : new Parsed.Invalid<>(flaws);
    }

    private static Parsed<List<WindowElement>> parseList(Object value) {
        var parsed = Lists.parseJson(value, ELEMENT, EXPECTED);
        if (!(parsed instanceof Parsed.Valid<List<WindowElement>> windows)) {
            return parsed;
        }
        var flaws = new ArrayList<Flaw>();
        for (var i = 1; i < windows.value().size() && flaws.size() < Flaw.MOST; i++) {
            var before = windows.value().get(i - 1).length();
            var length = windows.value().get(i).length();
            if (length.compareTo(before) <= 0) {
                flaws.add(new Flaw(
                        "[" + i + "].window",
                        Types.spelled(length),
                        "more than the window before it, " + Types.spelled(before)
                                + ": windows go shortest first, each once"));
            }
        }
        return flaws.isEmpty() ? parsed : new Parsed.Invalid<>(flaws);
    }
}
