/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.model.DeviceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param version of the hierarchy, 1 or 2
 * @param device the disk's name in {@code /dev}
 * @param work for all files
 * @param viaServer whether pods come from an API server; else from a directory
 * @param pods how many besides the special ones
 * @param bound until all limits must be right after a start or a change
 * @param load whether there is one, and smart limit decides
 * @param agent its command, without {@code --config}
 */
record Options(
        int version,
        Path root,
        DeviceId disk,
        String device,
        Path work,
        boolean viaServer,
        int times,
        int pods,
        long seed,
        Duration bound,
        boolean load,
        List<String> agent) {
    /** The agent's, with its configuration. */
    List<String> command(Path config) {
        var command = new ArrayList<>(agent);
        command.addAll(List.of("--config", config.toString()));
        if (!viaServer) {
            command.addAll(List.of("--pods-dir", manifests().toString()));
        }
        return List.copyOf(command);
    }

    /** The directory of the pods where they come from one. */
    Path manifests() {
        return work.resolve("pods");
    }

    static Options parse(List<String> arguments) {
        var end = arguments.indexOf("--");
        var given = new HashMap<>(Map.of(
                "cgroup",
                "v1",
                "pods-from",
                "server",
                "times",
                "100",
                "pods",
                "30",
                "seed",
                "1",
                "bound",
                "20000",
                "load",
                "yes"));
        for (var i = 0; i + 1 < end; i += 2) {
            given.put(arguments.get(i).replaceFirst("^--", ""), arguments.get(i + 1));
        }
        return new Options(
                given.get("cgroup").equals("v2") ? 2 : 1,
                Path.of(given.get("root")),
                DeviceId.parse(given.get("disk")).orElseThrow(),
                given.get("device"),
                Path.of(given.get("work")),
                given.get("pods-from").equals("server"),
                Integer.parseInt(given.get("times")),
                Integer.parseInt(given.get("pods")),
                Long.parseLong(given.get("seed")),
                Duration.ofMillis(Long.parseLong(given.get("bound"))),
                given.get("load").equals("yes"),
                List.copyOf(arguments.subList(end + 1, arguments.size())));
    }
}
