/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.PodRef;
import io.diskguard.model.SmartStateKeys;
import io.diskguard.spi.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Keeps the texts of each pod in a file of its name, on the disk before it says so; with a stop before and after. */
final class FileStore implements StateStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Stops stops;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "store");
        thread.setDaemon(true);
        return thread;
    });

    FileStore(Path directory, Stops stops) {
        this.directory = directory;
        this.stops = stops;
    }

    @Override
    public Map<String, String> read(String podUid) {
        var file = directory.resolve(podUid);
        try {
            return Files.exists(file) ? JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {}) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<Result> patch(PodRef pod, Map<String, Optional<String>> changes) {
        var what = changes.entrySet().stream()
                        .anyMatch(change -> change.getKey().endsWith("/" + SmartStateKeys.LIMIT_REMOVED)
                                && change.getValue().isPresent())
                ? Stops.What.RELEASE
                : Stops.What.APPLY;
        return CompletableFuture.supplyAsync(
                () -> {
                    stops.reach(what, "before-state");
                    var texts = new TreeMap<>(read(pod.uid()));
                    changes.forEach((key, value) ->
                            value.ifPresentOrElse(text -> texts.put(key, text), () -> texts.remove(key)));
                    write(pod.uid(), texts);
                    stops.reach(what, "after-state");
                    return new Result.Stored();
                },
                writer);
    }

    private void write(String name, Map<String, String> texts) {
        var file = directory.resolve(name + ".new");
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(texts));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
