/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import java.util.List;

/** What the agent has on board and not every node uses. */
enum Part {
    GRPC("gRPC", "io.grpc.", "io.perfmark.", "com.google.protobuf.", "okio.", "kotlin."),
    DOCKER("docker-java", "com.github.dockerjava.", "org.apache.commons."),
    GUAVA("Guava", "com.google.common.", "com.google.thirdparty."),
    KUBERNETES("Kubernetes client", "io.fabric8."),
    YAML("YAML", "com.fasterxml.jackson.dataformat.yaml.", "org.yaml.", "org.snakeyaml."),
    METRICS("metrics' formats", "io.prometheus."),
    TERMINAL("terminal", "org.jline."),
    /** Beside the one class that knows its path. */
    STATUS_PAGE("status page", "io.diskguard.agent.page.StatusPage$"),
    TOP("`top`", "io.diskguard.agent.top."),
    SIMULATOR("`simulate`", "io.diskguard.simulator.", "io.diskguard.agent.simulate.");

    private final String words;
    private final List<String> packages;

    Part(String words, String... packages) {
        this.words = words;
        this.packages = List.of(packages);
    }

    /** @param name of a class */
    boolean has(String name) {
        return packages.stream().anyMatch(name::startsWith);
    }

    @Override
    public String toString() {
        return words;
    }
}
