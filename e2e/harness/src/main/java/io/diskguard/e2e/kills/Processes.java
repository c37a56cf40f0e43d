/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Of other processes. */
final class Processes {
    private static final int SHOWN = 80;

    private Processes() {}

    /** One that writes to the disk in the cgroup. */
    static List<String> load(Path cgroup, String device) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                cgroup.toString(),
                "/dev/" + device);
    }

    /** The last lines. */
    static List<String> tail(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
