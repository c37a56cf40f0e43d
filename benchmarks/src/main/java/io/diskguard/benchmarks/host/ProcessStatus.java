/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process (proc(5)). */
public record ProcessStatus(double peakMb, double residentMb, double anonymousMb, int threads, double cpuSeconds) {
    private static final double KB_IN_MB = 1024;
    /** USER_HZ, the same on every platform that there is a JVM for. */
    private static final double TICKS = 100;

    public static ProcessStatus of(long pid) throws IOException {
        var directory = Path.of("/proc", Long.toString(pid));
        var status = Files.readString(directory.resolve("status"));
        var stat = Files.readString(directory.resolve("stat"));
        // The name in brackets may hold blanks; then field 3 and on
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcessStatus(
                number(status, "VmHWM") / KB_IN_MB,
                number(status, "VmRSS") / KB_IN_MB,
                number(status, "RssAnon") / KB_IN_MB,
                (int) number(status, "Threads"),
                (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS);
    }

    private static long number(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
