/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver.BlockNode;
import io.diskguard.spi.RuntimeResolver.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * The block devices that containers were given, and their first processes, as the runtime says; each container is asked
 * about once. Thread-safe.
 */
final class ContainerNodes {
    /** More than a node runs at once with such volumes. */
    private static final int MOST = 1024;

    private final Function<ContainerId, Resolution> runtime;
    private final Map<ContainerId, List<BlockNode>> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ContainerId, Integer> processes = new LinkedHashMap<>(16, 0.75f, true);

    ContainerNodes(Function<ContainerId, Resolution> runtime) {
        this.runtime = runtime;
    }

    /**
     * All of the container; empty if the runtime does not say.
     *
     * @param steps takes why not
     */
    Optional<List<BlockNode>> of(ContainerId id, List<String> steps) {
        synchronized (known) {
            var before = known.get(id);
            if (before != null) {
                return Optional.of(before);
            }
        }
        var answer = runtime.apply(id);
        if (answer instanceof Resolution.Found found && found.devices().isPresent()) {
            remember(id, found.devices().get());
            return found.devices();
        }
        steps.add(
                answer instanceof Resolution.Unknown unknown
                        ? "the runtime does not say it: " + unknown.reason()
                        : answer instanceof Resolution.Gone
                                ? "the runtime knows no container " + id
                                : "who knows " + id + " knows nothing of its block devices");
        return Optional.empty();
    }

    /**
     * The number that the container's first process has on the host; empty if the runtime does not say.
     *
     * @param isOfIt whether a process of that number is in the container: a restarted one may have another number
     */
    Optional<Integer> process(ContainerId id, IntPredicate isOfIt) {
        synchronized (processes) {
            var before = processes.get(id);
            if (before != null && isOfIt.test(before)) {
                return Optional.of(before);
            }
        }
        var process = runtime.apply(id) instanceof Resolution.Found found
                ? found.pid().map(Math::toIntExact).filter(isOfIt::test)
                : Optional.<Integer>empty();
        synchronized (processes) {
            process.ifPresentOrElse(pid -> put(processes, id, pid), () -> processes.remove(id));
        }
        return process;
    }

    private void remember(ContainerId id, List<BlockNode> nodes) {
        synchronized (known) {
            put(known, id, nodes);
        }
    }

    private static <T> void put(Map<ContainerId, T> into, ContainerId id, T value) {
        into.put(id, value);
        if (into.size() > MOST) {
            into.remove(into.keySet().iterator().next());
        }
    }
}
