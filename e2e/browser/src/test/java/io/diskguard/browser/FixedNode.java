/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A node as the API tells of it, made up: each request for its information moves its clock on by five seconds. Thread-safe. */
final class FixedNode {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEP = 5;

    private final AtomicInteger seconds = new AtomicInteger();
    private final List<FixedContainer> containers = new CopyOnWriteArrayList<>();
    private final Map<String, Object> others = new ConcurrentHashMap<>();
    private volatile boolean measuring = true;

    FixedNode(List<FixedContainer> containers) {
        this.containers.addAll(containers);
        others.put("problems", List.of());
        others.put("disks", List.of());
        others.put("decisions", List.of());
        others.put("config", FixedParts.config(now()));
        others.put("config/history", FixedParts.history(now()));
        others.put("health", FixedParts.health("healthy", now()));
    }

    /** With something to see in each part of the page. */
    static FixedNode rich() {
        var node = new FixedNode(FixedContainer.rich());
        node.put("problems", FixedParts.problems());
        node.put("disks", FixedParts.disks(node.now()));
        node.put("decisions", FixedParts.decisions(node.now()));
        node.put("health", FixedParts.health("degraded", node.now()));
        return node;
    }

    static FixedNode crowded(int containers) {
        return new FixedNode(
                IntStream.range(0, containers).mapToObj(FixedContainer::one).toList());
    }

    /** What a part answers from now on. */
    void put(String part, Object data) {
        others.put(part, data);
    }

    /** From now on the part cannot be had. */
    void drop(String part) {
        others.remove(part);
    }

    void add(FixedContainer container) {
        containers.add(container);
    }

    void stopMeasuring() {
        measuring = false;
    }

    Instant now() {
        return START.plusSeconds(seconds.get());
    }

    private Instant measured() {
        return measuring ? now() : START.minusSeconds(900);
    }

    /** The answer to a path and query below {@code /api/v1/}; empty if there is nothing. */
    Optional<String> answer(String path) {
        return data(path.contains("?") ? path.substring(0, path.indexOf('?')) : path)
                .map(data -> {
                    try {
                        return JSON.writeValueAsString(Map.of(
                                "success",
                                true,
                                "message",
                                "",
                                "data",
                                data,
                                "count",
                                data instanceof List<?> l ? l.size() : 1));
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private Optional<Object> data(String part) {
        if (part.equals("info")) {
            seconds.addAndGet(STEP);
            var limited = containers.stream().filter(FixedContainer::limited).count();
            return Optional.of(FixedParts.info(now(), containers.size(), (int) limited));
        }
        if (part.equals("containers")) {
            var all = new ArrayList<Object>();
            containers.forEach(container -> all.add(container.json(measured(), now(), false)));
            return Optional.of(all);
        }
        if (part.startsWith("containers/")) {
            var id = URLDecoder.decode(part.substring("containers/".length()), StandardCharsets.UTF_8);
            return containers.stream()
                    .filter(container -> container.id().equals(id))
                    .findFirst()
                    .map(container -> container.json(measured(), now(), true));
        }
        return Optional.ofNullable(others.get(part));
    }
}
