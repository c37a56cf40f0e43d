/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.benchmarks.host.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a JVM with the serial collector cannot give back, asked with {@code jcmd}: the first time takes it a thread and a socket. */
final class LiveHeap {
    private static final Pattern USED = Pattern.compile("(?:new|tenured) generation +total \\d+K, used (\\d+)K");
    private static final double KB_IN_MB = 1024;

    private LiveHeap() {}

    /** In megabytes, after a full collection. */
    static double of(long pid) throws IOException {
        jcmd(pid, "GC.run");
        return parse(jcmd(pid, "GC.heap_info"))
                .orElseThrow(() -> new IOException("jcmd tells no heap of a serial collector"));
    }

    static OptionalDouble parse(String info) {
        var used = USED.matcher(info)
                .results()
                .map((MatchResult match) -> match.group(1))
                .mapToLong(Long::parseLong)
                .toArray();
        return used.length == 2 ? OptionalDouble.of((used[0] + used[1]) / KB_IN_MB) : OptionalDouble.empty();
    }

    private static String jcmd(long pid, String what) throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(tool, Long.toString(pid), what)
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        Waiting.end(process, Duration.ofMinutes(1));
        if (process.exitValue() != 0) {
            throw new IOException("jcmd " + what + ": " + text.strip());
        }
        return text;
    }
}
