/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block device's number as the kernel writes it: {@code MAJ:MIN}, 12 bits of major and 20 bits of minor
 * (Linux {@code include/linux/kdev_t.h}). Immutable.
 */
public record DeviceId(int major, int minor) implements Comparable<DeviceId> {
    private static final int MAJOR_MAX = (1 << 12) - 1;
    private static final int MINOR_MAX = (1 << 20) - 1;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4}):(\\d{1,7})");

    /** @throws IllegalArgumentException if major is not in 0..4095 or minor not in 0..1048575 */
    public DeviceId {
        if (major < 0 || major > MAJOR_MAX) {
            throw new IllegalArgumentException("major must be in 0.." + MAJOR_MAX + ", was " + major);
        }
        if (minor < 0 || minor > MINOR_MAX) {
            throw new IllegalArgumentException("minor must be in 0.." + MINOR_MAX + ", was " + minor);
        }
    }

    /** Reads {@code MAJ:MIN} as it stands in mountinfo, {@code /sys/block/*}{@code /dev} and {@code io.max}; empty if the text is none. */
    public static Optional<DeviceId> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var major = Integer.parseInt(matcher.group(1));
        var minor = Integer.parseInt(matcher.group(2));
        return major > MAJOR_MAX || minor > MINOR_MAX ? Optional.empty() : Optional.of(new DeviceId(major, minor));
    }

    /** Decodes a user-space {@code dev_t} ({@code st_rdev}) as glibc's {@code sys/sysmacros.h} lays it out. */
    public static DeviceId ofDevT(long dev) {
        var major = (int) ((dev >>> 8 & 0xfff) | (dev >>> 32 & ~0xfffL));
        var minor = (int) ((dev & 0xff) | (dev >>> 12 & ~0xffL));
        return new DeviceId(major, minor);
    }

    @Override
    public int compareTo(DeviceId other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
