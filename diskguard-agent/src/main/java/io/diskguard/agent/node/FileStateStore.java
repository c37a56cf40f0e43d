/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts of pods in one file of {@code state_dir}, for a node without Kubernetes. Changes that wait are written together; a
 * text shows when it is on the disk. A pod's stay until it is said to be gone. Thread-safe.
 */
final class FileStateStore implements StateStore {
    static final String FILE = "pod-state.json";
    /** Characters of one pod; Kubernetes takes as many bytes in the annotations of one. */
    static final int MOST_OF_POD = 256 * 1024;
    /** Bytes of the file. */
    static final int MOST = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileStateStore.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Executor writer;
    private final Queue<Change> waiting = new ArrayDeque<>();
    private volatile Map<String, Map<String, String>> pods;
    private volatile boolean closed;

    /**
     * @param apply to the pods' texts by uid; a result is a refusal, and nothing was changed
     */
    private record Change(
            Function<SortedMap<String, Map<String, String>>, Optional<Result>> apply,
            CompletableFuture<Result> result) {}

    private FileStateStore(Path file, Executor writer, Map<String, Map<String, String>> pods) {
        this.file = file;
        this.writer = writer;
        this.pods = pods;
    }

    /**
     * Reads what there is; a file that makes no sense is put aside, for a person to look at.
     *
     * @param writer of one thread, which may wait for the disk
     */
    static FileStateStore open(Path stateDir, Executor writer) {
        var file = stateDir.resolve(FILE);
        return new FileStateStore(file, writer, load(file));
    }

    @Override
    public Map<String, String> read(String podUid) {
        return pods.getOrDefault(podUid, Map.of());
    }

    /** @throws IllegalArgumentException if there is no key */
    @Override
    public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("at least one key");
        }
        var copy = Map.copyOf(changes);
        return change(all -> apply(all, pod.uid(), copy)).minimalCompletionStage();
    }

    /** Forgets the other pods; what is patched after this call stays. */
    @Override
    public void retain(Set<String> uids) {
        var kept = Set.copyOf(uids);
        change(all -> {
            all.keySet().retainAll(kept);
            return Optional.empty();
        });
    }

    /** What was handed over until now is still written; the writer is not ended. */
    @Override
    public void close() {
        closed = true;
    }

    private CompletableFuture<Result> change(Function<SortedMap<String, Map<String, String>>, Optional<Result>> apply) {
        var change = new Change(apply, new CompletableFuture<>());
        if (closed) {
            change.result().complete(new Result.Failed("the state store is closed"));
            return change.result();
        }
        synchronized (waiting) {
            waiting.add(change);
        }
        try {
            writer.execute(this::writeWaiting);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                waiting.remove(change);
            }
            change.result().complete(new Result.Failed("the state store's writer has ended"));
        }
        return change.result();
    }

    private void writeWaiting() {
        List<Change> changes;
        synchronized (waiting) {
            changes = List.copyOf(waiting);
            waiting.clear();
        }
        var next = new TreeMap<>(pods);
        var accepted = new ArrayList<Change>();
        for (var change : changes) {
            change.apply().apply(next).ifPresentOrElse(change.result()::complete, () -> accepted.add(change));
        }
        var result = next.equals(pods) ? new Result.Stored() : store(next);
        accepted.forEach(change -> change.result().complete(result));
    }

    private Result store(SortedMap<String, Map<String, String>> next) {
        try {
            var content = JSON.writeValueAsString(next).getBytes(StandardCharsets.UTF_8);
            if (content.length > MOST) {
                return new Result.Rejected("the state of all pods would be larger than " + MOST + " bytes");
            }
            DurableFile.replace(file, content);
            pods = next;
            return new Result.Stored();
        } catch (IOException e) {
            return new Result.Failed("cannot write " + file + ": " + e);
        }
    }

    private static Optional<Result> apply(
            SortedMap<String, Map<String, String>> all, String uid, Map<String, Optional<String>> changes) {
        var texts = new HashMap<>(all.getOrDefault(uid, Map.of()));
        changes.forEach((key, value) -> value.ifPresentOrElse(text -> texts.put(key, text), () -> texts.remove(key)));
        var size = 0L;
        for (var text : texts.entrySet()) {
            size += text.getKey().length() + text.getValue().length();
        }
        if (size > MOST_OF_POD) {
            return Optional.of(new Result.Rejected(
                    "the texts of one pod are at most " + MOST_OF_POD + " characters, not " + size));
        }
        if (texts.isEmpty()) {
            all.remove(uid);
        } else {
            all.put(uid, Map.copyOf(texts));
        }
        return Optional.empty();
    }

    private static Map<String, Map<String, String>> load(Path file) {
        try (var in = Files.newInputStream(file)) {
            var content = in.readNBytes(MOST + 1);
            if (content.length > MOST) {
                throw new IOException("it is larger than " + MOST + " bytes");
            }
            return texts(JSON.readTree(content));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            putAside(file, e);
            return Map.of();
        }
    }

    private static Map<String, Map<String, String>> texts(JsonNode root) throws IOException {
        if (!root.isObject()) {
            throw new IOException("it is no JSON object");
        }
        var pods = new TreeMap<String, Map<String, String>>();
        for (var pod : root.properties()) {
            var texts = new HashMap<String, String>();
            for (var text : pod.getValue().properties()) {
                if (text.getValue().isTextual()) {
                    texts.put(text.getKey(), text.getValue().textValue());
                }
            }
            if (!pod.getValue().isObject() || texts.size() < pod.getValue().size()) {
                throw new IOException("it holds other things than texts of " + pod.getKey());
            }
            pods.put(pod.getKey(), Map.copyOf(texts));
        }
        return pods;
    }

    private static void putAside(Path file, Exception reason) {
        var aside = file.resolveSibling(FILE + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn(
                    "what was remembered of pods cannot be read and is forgotten; the file is kept as {}: {}",
                    aside,
                    reason.toString());
        } catch (IOException e) {
            LOG.warn(
                    "what was remembered of pods in {} can neither be read ({}) nor put aside ({})",
                    file,
                    reason.toString(),
                    e.toString());
        }
    }
}
