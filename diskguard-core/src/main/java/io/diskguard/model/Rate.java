/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/** What one of a limit's four numbers allows: anything, or at most so much a second. Immutable. */
public sealed interface Rate {
    /** No limit; {@code max} in {@code io.max}, {@code 0} in {@code blkio.throttle.*}. */
    Rate UNLIMITED = new Unlimited();

    /** At most {@code value} operations or bytes a second; the value is at least 1. */
    static Rate perSecond(long value) {
        return new PerSecond(value);
    }

    /** {@link #UNLIMITED} for 0, else {@link #perSecond}: how configuration and annotations spell it. */
    static Rate ofZeroIsUnlimited(long value) {
        return value == 0 ? UNLIMITED : new PerSecond(value);
    }

    /** The one of the two that allows less. */
    default Rate strictest(Rate other) {
        return isStricterThan(other) ? this : other;
    }

    default boolean isStricterThan(Rate other) {
        return this instanceof PerSecond mine
                && (!(other instanceof PerSecond theirs) || mine.value() < theirs.value());
    }

    default boolean isUnlimited() {
        return this instanceof Unlimited;
    }

    /** No limit. */
    record Unlimited() implements Rate {
        @Override
        public String toString() {
            return "max";
        }
    }

    /** At most {@code value} (1 or more) operations or bytes a second. */
    record PerSecond(long value) implements Rate {
        /** @throws IllegalArgumentException if value is less than 1 */
        public PerSecond {
            if (value < 1) {
                throw new IllegalArgumentException("a rate must be 1 or more a second, was " + value);
            }
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }
}
