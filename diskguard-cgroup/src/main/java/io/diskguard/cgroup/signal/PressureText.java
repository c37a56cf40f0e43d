/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.signal;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.model.IoPressure;
import java.util.Optional;

/** {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}, and the same for {@code full}; what is not known is passed over. */
final class PressureText {
    private double avg10 = Double.NaN;
    private double avg60 = Double.NaN;
    private double avg300 = Double.NaN;
    private long total = -1;

    private PressureText() {}

    /** Empty unless both lines are there, whole. */
    static Optional<IoPressure> read(ControlFileCursor cursor) {
        var some = new PressureText();
        var full = new PressureText();
        var line = Optional.<PressureText>empty();
        while (cursor.next()) {
            if (cursor.isFirstOfLine()) {
                line = cursor.is("some") ? Optional.of(some) : cursor.is("full") ? Optional.of(full) : Optional.empty();
            } else if (line.isPresent()) {
                line.get().take(cursor);
            }
        }
        return some.isWhole() && full.isWhole()
                ? Optional.of(new IoPressure(some.share(), full.share()))
                : Optional.empty();
    }

    private void take(ControlFileCursor pair) {
        if (pair.isPair("total")) {
            total = pair.hasNumber() ? pair.number() : -1;
        } else if (pair.isPair("avg10")) {
            avg10 = pair.hasDecimal() ? pair.decimal() : Double.NaN;
        } else if (pair.isPair("avg60")) {
            avg60 = pair.hasDecimal() ? pair.decimal() : Double.NaN;
        } else if (pair.isPair("avg300")) {
            avg300 = pair.hasDecimal() ? pair.decimal() : Double.NaN;
        }
    }

    private boolean isWhole() {
        return Double.isFinite(avg10 + avg60 + avg300) && total >= 0;
    }

    private IoPressure.Share share() {
        return new IoPressure.Share(avg10, avg60, avg300, total);
    }
}
