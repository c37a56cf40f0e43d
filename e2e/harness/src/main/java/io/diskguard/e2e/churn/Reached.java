/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.e2e.apiserver.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** When the API server wrote what to the agent's connection: read from the file that it keeps of that, as that grows. Not thread-safe. */
public final class Reached implements AutoCloseable {
    private final RandomAccessFile file;
    private final Map<String, NavigableMap<Long, Long>> events = new HashMap<>();
    private final NavigableMap<Long, Long> lists = new TreeMap<>();
    private final List<Long> watches = new ArrayList<>();
    private String rest = "";

    public Reached(Path file) {
        try {
            this.file = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the agent was first told of the pod in this version or a later one; Unix time in nanoseconds. */
    OptionalLong of(String uid, long version) {
        var event = events.getOrDefault(uid, new TreeMap<>()).ceilingEntry(version);
        var list = lists.ceilingEntry(version);
        if (event == null && list == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.min(
                event == null ? Long.MAX_VALUE : event.getValue(), list == null ? Long.MAX_VALUE : list.getValue()));
    }

    /** When the agent's watches were opened. */
    List<Long> watches() {
        return List.copyOf(watches);
    }

    int lists() {
        return lists.size();
    }

    void readOn() {
        try {
            var unread = (int) (file.length() - file.getFilePointer());
            if (unread <= 0) {
                return;
            }
            var bytes = new byte[unread];
            file.readFully(bytes);
            var text = rest + new String(bytes, StandardCharsets.UTF_8);
            var end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(line -> note(Json.read(line)));
            rest = text.substring(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(JsonNode line) {
        var version = line.path("version").asLong();
        var nanos = line.path("nanos").asLong();
        switch (line.path("type").asText()) {
            case "LIST" -> lists.putIfAbsent(version, nanos);
            case "WATCH" -> watches.add(nanos);
            case "ADDED", "MODIFIED", "DELETED" ->
                events.computeIfAbsent(line.path("uid").asText(), uid -> new TreeMap<>())
                        .putIfAbsent(version, nanos);
            default -> {
                // Bookmarks and errors tell of no pod.
            }
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
