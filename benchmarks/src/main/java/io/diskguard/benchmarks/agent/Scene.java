/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import java.util.EnumSet;
import java.util.Set;

/** One way to run the agent, and the parts that it uses. */
enum Scene {
    VERSION("`--version`"),
    TOP_PLAIN("`top --plain`, one table", Part.TOP),
    SIMULATE("`simulate`, an hour", Part.SIMULATOR, Part.GUAVA),
    ALONE("`run`, environment only, runtime `none` though one listens"),
    FILE("`run` with a file of YAML, runtime `none`", Part.YAML),
    LOOKED_AT("`run`, and its page, `/metrics` and API are asked for", Part.STATUS_PAGE, Part.METRICS),
    NO_RUNTIME("`run`, runtime `auto`, no socket there"),
    NO_DOCKER("`run`, runtime `docker`, no socket there"),
    NO_CONTAINERD("`run`, runtime `containerd`, no socket there"),
    WITH_DOCKER("`run`, runtime `docker`, asked", Part.DOCKER, Part.GUAVA),
    WITH_CONTAINERD("`run`, runtime `containerd`, asked", Part.GRPC, Part.GUAVA),
    CLUSTER("`run` with an API server, runtime `none`", Part.KUBERNETES);

    private final String words;
    private final Set<Part> uses;

    Scene(String words, Part... uses) {
        this.words = words;
        this.uses = EnumSet.noneOf(Part.class);
        this.uses.addAll(Set.of(uses));
    }

    boolean uses(Part part) {
        return uses.contains(part);
    }

    /**
     * How many classes of a part that it does not use are loaded as one that it uses names them: the JVM's verifier looks at
     * them, and no more. Those are the YAML of the Kubernetes client's own base class of JSON.
     */
    int named(Part part) {
        return this == CLUSTER && part == Part.YAML ? 3 : 0;
    }

    /** Whether it goes on until it is ended. */
    boolean guards() {
        return ordinal() >= ALONE.ordinal();
    }

    /** Whether a runtime listens, be it to be asked or not. */
    boolean hasRuntime() {
        return this != NO_RUNTIME && this != NO_DOCKER && this != NO_CONTAINERD;
    }

    @Override
    public String toString() {
        return words;
    }
}
