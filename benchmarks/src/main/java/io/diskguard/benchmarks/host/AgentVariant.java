/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One way to start the agent.
 *
 * @param files what it reads to start
 * @param variables of its environment
 */
public record AgentVariant(String name, Path files, List<String> command, Map<String, String> variables) {
    private static final Map<String, String> TEXTS = Map.of("LC_ALL", "C.UTF-8");

    /** As the image has it: assembled for this JDK. */
    public static AgentVariant shipped(Path home, Path jdk, Path scratch) throws IOException {
        var name = jdk.getFileName().toString();
        var dest = scratch.resolve("assembled-" + name);
        var assemble =
                new ProcessBuilder(home.resolve("deploy/image/assemble").toString(), dest.toString()).inheritIO();
        assemble.environment().put("JAVA_HOME", jdk.toString());
        Waiting.end(assemble.start(), Duration.ofMinutes(5));
        if (!Files.exists(dest.resolve("diskguard"))) {
            throw new IOException("the agent could not be assembled for " + jdk);
        }
        return assembled("shipped, " + name, dest);
    }

    /** One that {@code deploy/image/assemble} has put there. */
    public static AgentVariant assembled(String name, Path dest) {
        return new AgentVariant(
                name,
                dest,
                List.of(dest.resolve("runtime/bin/java").toString(), "@" + dest.resolve("diskguard")),
                Map.of("LC_ALL", "C.UTF-8", "MALLOC_ARENA_MAX", "1"));
    }

    /** The same jar on a whole JDK without an option or an archive. */
    public AgentVariant stock(Path jdk) {
        return new AgentVariant(
                "stock, " + jdk.getFileName(),
                files,
                List.of(
                        jdk.resolve("bin/java").toString(),
                        "-jar",
                        files.resolve("diskguard.jar").toString()),
                TEXTS);
    }
}
