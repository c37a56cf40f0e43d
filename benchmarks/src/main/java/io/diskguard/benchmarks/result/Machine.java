/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where something was measured. */
public record Machine(String processor, int cores, String kernel, String java) {
    static Machine here() throws IOException {
        return new Machine(
                processor(Files.readString(Path.of("/proc/cpuinfo"))),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JDK " + System.getProperty("java.version"));
    }

    /** Of what {@code /proc/cpuinfo} says; not every architecture names its processors. */
    static String processor(String cpuinfo) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return "%s, %d cores, %s, %s".formatted(processor, cores, kernel, java);
    }
}
