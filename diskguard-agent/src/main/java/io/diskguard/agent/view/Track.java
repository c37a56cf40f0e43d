/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of the last hour at points in time: all that are offered as long as there is room, each two of them as one where there
 * is not. Nothing is kept until something is not zero, as most containers do nothing. Not thread-safe.
 */
final class Track {
    /** How many points an hour has at most. */
    static final int POINTS = 120;

    static final int HOUR_SECONDS = 3600;

    private final int width;
    private int[] seconds = {};
    private float[] values = {};
    private int first;
    private int size;
    private int spacing = 1;

    /** @param width numbers at each point */
    Track(int width) {
        this.width = width;
    }

    /** Seconds that a point is to be after the one before; at least one. */
    int spacing() {
        return spacing;
    }

    /**
     * Keeps a point. What lies between the point before and the stretch is not known, and counts as nothing.
     *
     * @param since when the stretch began that the numbers are of, not before the point before
     * @param second its end, by a clock that never goes back
     */
    void add(int since, int second, float... numbers) {
        if (size == 0 && isZero(numbers)) {
            return;
        }
        if (size == 0 || since > second(size - 1)) {
            put(since, new float[width]);
        }
        put(second, numbers);
    }

    private void put(int second, float[] numbers) {
        if (size == seconds.length && size < POINTS) {
            grow();
        }
        if (size == seconds.length && second - second(0) < HOUR_SECONDS) {
            merge();
        } else if (size == seconds.length) {
            first = (first + 1) % seconds.length;
            size--;
        }
        seconds[at(size)] = second;
        System.arraycopy(numbers, 0, values, at(size) * width, width);
        size++;
    }

    /** Until it is full the oldest point is at 0. */
    private void grow() {
        var length = Math.min(POINTS, Math.max(8, size * 2));
        seconds = Arrays.copyOf(seconds, length);
        values = Arrays.copyOf(values, length * width);
    }

    /** Of each two stretches makes one with their mean. */
    private void merge() {
        var kept = 1;
        for (var i = 1; i + 1 < size; i += 2) {
            var one = second(i) - second(i - 1);
            var other = second(i + 1) - second(i);
            for (var number = 0; number < width; number++) {
                var mean = (value(i, number) * one + value(i + 1, number) * other) / (one + other);
                values[at(kept) * width + number] = mean;
            }
            seconds[at(kept++)] = second(i + 1);
        }
        if (size % 2 == 0) {
            System.arraycopy(values, at(size - 1) * width, values, at(kept) * width, width);
            seconds[at(kept++)] = second(size - 1);
        }
        // A round that comes a little early counts all the same
        spacing = Math.max(1, (second(kept - 1) - second(0)) * 9 / (kept * 10));
        size = kept;
    }

    /** The mean of each number over the window that ends now, where what is not known was nothing. */
    double[] mean(int now, int window) {
        var sum = new double[width];
        for (var i = 1; i < size; i++) {
            var end = second(i);
            var begin = Math.max(second(i - 1), now - window);
            for (var number = 0; number < width && end > begin; number++) {
                sum[number] += value(i, number) * (double) (end - begin);
            }
        }
        for (var number = 0; number < width; number++) {
            sum[number] /= window;
        }
        return sum;
    }

    /** Whether nothing but zero is left in the hour that ends now. */
    boolean isIdle(int now) {
        for (var i = 0; i < size; i++) {
            for (var number = 0; number < width; number++) {
                if (now - second(i) <= HOUR_SECONDS && value(i, number) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    void clear() {
        seconds = new int[0];
        values = new float[0];
        first = 0;
        size = 0;
        spacing = 1;
    }

    /** The points of the hour that ends now, oldest first. */
    <T> List<T> points(int now, PointOf<T> point) {
        var points = new ArrayList<T>();
        for (var i = 0; i < size; i++) {
            if (now - second(i) <= HOUR_SECONDS) {
                var from = at(i) * width;
                points.add(point.of(second(i), Arrays.copyOfRange(values, from, from + width)));
            }
        }
        return points;
    }

    /** Makes a point of its second and its numbers. */
    @FunctionalInterface
    interface PointOf<T> {
        T of(int second, float[] numbers);
    }

    private int second(int point) {
        return seconds[at(point)];
    }

    private float value(int point, int number) {
        return values[at(point) * width + number];
    }

    private int at(int point) {
        return (first + point) % seconds.length;
    }

    private static boolean isZero(float[] numbers) {
        for (var number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
