/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;

/** What was done, and what was allowed, in each stretch of a {@link TimeAxis}. Not thread-safe. */
final class Curve {
    private static final int KEYS = LimitKey.values().length;

    /** Rows are made when they are needed: most numbers of most containers are always 0. */
    private final float[] seconds = new float[TimeAxis.MOST];

    private final float[][] done = new float[KEYS][0];
    private final float[][] limit = new float[KEYS][0];

    void add(int index, double elapsed, double[] amounts, IoLimit allowed) {
        seconds[index] += (float) elapsed;
        for (var key : LimitKey.values()) {
            var at = key.ordinal();
            if (amounts[at] > 0) {
                done[at] = made(done[at]);
                done[at][index] += (float) amounts[at];
            }
            if (allowed.get(key) instanceof Rate.PerSecond most) {
                limit[at] = made(limit[at]);
                limit[at][index] = limit[at][index] == 0 ? most.value() : Math.min(limit[at][index], most.value());
            }
        }
    }

    /** Puts each two stretches into one. */
    void halve() {
        sum(seconds);
        for (var key = 0; key < KEYS; key++) {
            if (done[key].length > 0) {
                sum(done[key]);
            }
            if (limit[key].length > 0) {
                for (var i = 0; i < TimeAxis.MOST; i++) {
                    limit[key][i] = i < TimeAxis.MOST / 2 ? least(limit[key][2 * i], limit[key][2 * i + 1]) : 0;
                }
            }
        }
    }

    /** Units a second on average over the stretches; below 0 where nothing is known. */
    double rate(LimitKey key, int from, int to) {
        var time = 0.0;
        var sum = 0.0;
        for (var i = from; i < to; i++) {
            time += seconds[i];
            sum += done[key.ordinal()].length == 0 ? 0 : done[key.ordinal()][i];
        }
        return time == 0 ? -1 : sum / time;
    }

    /** The strictest limit of the stretches, units a second; 0 where there is none. */
    double limit(LimitKey key, int from, int to) {
        var least = 0f;
        for (var i = from; i < to && limit[key.ordinal()].length > 0; i++) {
            least = least(least, limit[key.ordinal()][i]);
        }
        return least;
    }

    private static float least(float one, float other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }

    private static void sum(float[] values) {
        for (var i = 0; i < TimeAxis.MOST; i++) {
            values[i] = i < TimeAxis.MOST / 2 ? values[2 * i] + values[2 * i + 1] : 0;
        }
    }

    private static float[] made(float[] row) {
        return row.length == 0 ? new float[TimeAxis.MOST] : row;
    }
}
