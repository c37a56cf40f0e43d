/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.model.Rate;
import java.util.Locale;

/** Whether what the kernel counted is what was asked for. Immutable. */
record Verdict(boolean held, String text) {
    static Verdict of(double measured, Rate wanted, double tolerancePercent) {
        if (!(wanted instanceof Rate.PerSecond limit)) {
            return new Verdict(measured > 0, format("%.0f operations/s", measured));
        }
        var deviation = (measured - limit.value()) / limit.value() * 100;
        var held = Math.abs(deviation) <= tolerancePercent;
        return new Verdict(
                held,
                format("%.1f operations/s, %+.2f %% off, ", measured, deviation)
                        + (held ? "held" : format("NOT held (within %.0f %% was expected)", tolerancePercent)));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
