/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Pods and events, each change with a version that grows by one, in a directory: a process that takes it up after another
 * was killed goes on with the same objects and versions, but knows no more what happened before. Not thread-safe.
 */
final class Objects implements AutoCloseable {
    /** Some minutes of a busy node, as etcd is compacted each five minutes. */
    private static final int REMEMBERED = 3000;

    private static final String FILE = "objects.jsonl";

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final Consumer<Change> watchers;
    private final Lines lines;
    private long version;
    private long oldest;

    /** @param object as it is now, or was last */
    record Change(long version, String type, String kind, ObjectNode object) {}

    /** @param watchers told of each change after it was kept */
    Objects(Path directory, Consumer<Change> watchers) {
        this.watchers = watchers;
        var file = directory.resolve(FILE);
        version = 1;
        for (var line : Lines.read(file)) {
            version = line.path("version").asLong();
            if (line.get("object") instanceof ObjectNode object) {
                objects.put(line.path("key").asText(), object);
            } else {
                objects.remove(line.path("key").asText());
            }
        }
        oldest = version;
        compact(directory, file);
        lines = new Lines(file);
    }

    long version() {
        return version;
    }

    /** Whether all that happened since the version is known. */
    boolean knows(long since) {
        return since >= oldest;
    }

    List<Change> since(long since) {
        return history.stream().filter(change -> change.version() > since).toList();
    }

    List<ObjectNode> all(String kind) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + "/"))
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }

    Optional<ObjectNode> find(String kind, String name) {
        return Optional.ofNullable(objects.get(kind + "/" + name)).map(ObjectNode::deepCopy);
    }

    /** Adds the object or puts it in the place of what is there. */
    ObjectNode put(String kind, String name, ObjectNode object) {
        var key = kind + "/" + name;
        Json.meta(object).put("resourceVersion", String.valueOf(++version));
        var type = objects.put(key, object) == null ? "ADDED" : "MODIFIED";
        keep(key, type, kind, object);
        return object.deepCopy();
    }

    Optional<ObjectNode> remove(String kind, String name) {
        var key = kind + "/" + name;
        var object = objects.remove(key);
        if (object == null) {
            return Optional.empty();
        }
        Json.meta(object).put("resourceVersion", String.valueOf(++version));
        keep(key, "DELETED", kind, object);
        return Optional.of(object.deepCopy());
    }

    /** Forgets what happened so far. */
    void expire() {
        // A version that nobody was told, as of objects of another kind: so that the present is not what a watch has.
        version++;
        oldest = version;
        history.clear();
        lines.add(line("", Optional.empty()));
    }

    @Override
    public void close() {
        lines.close();
    }

    private void keep(String key, String type, String kind, ObjectNode object) {
        var change = new Change(version, type, kind, object.deepCopy());
        lines.add(line(key, type.equals("DELETED") ? Optional.empty() : Optional.of(object)));
        history.add(change);
        if (history.size() > REMEMBERED) {
            oldest = history.remove().version();
        }
        watchers.accept(change);
    }

    private ObjectNode line(String key, Optional<ObjectNode> object) {
        var line = Json.object().put("version", version).put("key", key);
        object.ifPresent(now -> line.set("object", now));
        return line;
    }

    private void compact(Path directory, Path file) {
        var next = directory.resolve(FILE + ".new");
        try {
            Files.deleteIfExists(next);
            try (var compacted = new Lines(next)) {
                compacted.add(line("", Optional.empty()));
                objects.forEach((key, object) -> compacted.add(line(key, Optional.of(object))));
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
