/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a JVM has compiled: memory that is writable and executable (proc(5), {@code smaps}). Its options bound it. */
final class CompiledCode {
    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ (\\S{4}) .*");
    private static final String RESIDENT = "Rss:";
    private static final double KB_IN_MB = 1024;

    private CompiledCode() {}

    static double megabytes(long pid) throws IOException {
        return megabytes(Files.readString(Path.of("/proc", Long.toString(pid), "smaps")));
    }

    static double megabytes(String smaps) {
        var inside = false;
        var kilobytes = 0L;
        for (var line : smaps.lines().toList()) {
            var mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                inside = mapping.group(1).startsWith("rwx");
            } else if (inside && line.startsWith(RESIDENT)) {
                kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return kilobytes / KB_IN_MB;
    }
}
