/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Quantity;
import io.diskguard.simulator.Load;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A load that is made up: {@code backup=2800w@4m/6m}. Immutable.
 *
 * @param name of the container's pod
 * @param reads a second
 * @param writes a second
 * @param size bytes of each
 * @param on how long it lasts, and then again after {@code off}
 * @param off zero if it never pauses
 */
public record LoadSpec(String name, long reads, long writes, long size, Duration on, Duration off) {
    /** For messages. */
    public static final String EXPECTED =
            "NAME=2800w, NAME=500r+200w, each with a size as x64Ki and times on and off as @4m/6m behind it";

    private static final long MOST = 1L << 40;
    private static final String TIME = "(\\d{1,6})([smh])";
    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?)=([0-9.]+[kM]?)([rw])(?:\\+([0-9.]+[kM]?)([rw]))?"
                    + "(?:x([0-9.]+(?:[kMG]|[KMG]i)?))?(?:@" + TIME + "(?:/" + TIME + ")?)?");

    /** Reads one; empty if the text is none. */
    public static Optional<LoadSpec> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || matcher.group(3).equals(matcher.group(5))) {
            return Optional.empty();
        }
        var first = Quantity.parse(matcher.group(2));
        var second = Quantity.parse(Optional.ofNullable(matcher.group(4)).orElse("0"));
        var size = Quantity.parse(Optional.ofNullable(matcher.group(6)).orElse("4Ki"));
        if (first.isEmpty() || second.isEmpty() || size.isEmpty() || size.getAsLong() == 0) {
            return Optional.empty();
        }
        var most = Math.max(first.getAsLong(), second.getAsLong());
        if (most > MOST || size.getAsLong() > MOST || most > 0 && size.getAsLong() > Long.MAX_VALUE / 2 / most) {
            return Optional.empty();
        }
        var isRead = matcher.group(3).equals("r");
        var on = time(matcher.group(7), matcher.group(8));
        var off = time(matcher.group(9), matcher.group(10));
        if (on.isPresent() && on.get().isZero()) {
            return Optional.empty();
        }
        return Optional.of(new LoadSpec(
                matcher.group(1),
                isRead ? first.getAsLong() : second.getAsLong(),
                isRead ? second.getAsLong() : first.getAsLong(),
                size.getAsLong(),
                on.orElse(Duration.ofHours(1)),
                off.orElse(Duration.ZERO)));
    }

    private static Optional<Duration> time(@Nullable String number, @Nullable String unit) {
        if (number == null || unit == null) {
            return Optional.empty();
        }
        var value = Long.parseLong(number);
        return Optional.of(
                switch (unit) {
                    case "s" -> Duration.ofSeconds(value);
                    case "m" -> Duration.ofMinutes(value);
                    default -> Duration.ofHours(value);
                });
    }

    boolean isOn(Duration since) {
        return off.isZero() || since.toNanos() % on.plus(off).toNanos() < on.toNanos();
    }

    /** How long until it changes. */
    Duration untilChange(Duration since) {
        var at = since.toNanos() % on.plus(off).toNanos();
        return Duration.ofNanos(
                at < on.toNanos() ? on.toNanos() - at : on.plus(off).toNanos() - at);
    }

    Load load(DeviceId disk, Duration since) {
        return isOn(since) ? new Load(disk, reads, writes, reads * size, writes * size) : Load.idle(disk);
    }

    /** Reads, writes, bytes read and bytes written in a time in which it does not change. */
    double[] wanted(Duration since, Duration time) {
        var seconds = isOn(since) ? time.toNanos() / 1e9 : 0;
        return new double[] {reads * seconds, writes * seconds, reads * size * seconds, writes * size * seconds};
    }
}
