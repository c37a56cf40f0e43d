/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

/** What a rate is compared with. Immutable. */
public sealed interface Threshold {
    /** Part of a reference: more than 0, at most 1. */
    record Fraction(double value) implements Threshold {
        /** @throws IllegalArgumentException if it is not more than 0 and at most 1 */
        public Fraction {
            if (!(value > 0 && value <= 1)) {
                throw new IllegalArgumentException("a fraction is more than 0 and at most 1, was " + value);
            }
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** Operations or bytes a second, at least 1. */
    record PerSecond(long value) implements Threshold {
        /** @throws IllegalArgumentException if it is less than 1 */
        public PerSecond {
            if (value < 1) {
                throw new IllegalArgumentException("an absolute threshold is at least 1 a second, was " + value);
            }
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }
}
