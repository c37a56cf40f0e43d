/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Podman keeps of its containers, {@code overlay-containers/containers.json} (containers/storage, containers.go): asked each
 * time, as it is replaced with each container.
 *
 * @param root Podman's graph root, {@code /var/lib/containers/storage} where nothing else was said
 */
record LibpodStorage(Path root) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Whether there is such a storage. */
    boolean exists() {
        return Files.isDirectory(root);
    }

    Path file() {
        return root.resolve("overlay-containers").resolve("containers.json");
    }

    /**
     * One container.
     *
     * @param infra whether it holds the namespaces of a Podman pod and does nothing else
     */
    record Entry(Optional<String> name, Optional<String> image, boolean infra) {}

    /**
     * The container of that id; empty if it is not in the list.
     *
     * @throws IOException if the list cannot be read, or is none
     */
    Optional<Entry> find(String id) throws IOException {
        var list = MAPPER.readTree(Files.readString(file()));
        if (!list.isArray()) {
            throw new IOException(file() + " is no list");
        }
        for (var container : list) {
            if (container.path("id").asText().equals(id)) {
                return Optional.of(entry(container));
            }
        }
        return Optional.empty();
    }

    private static Entry entry(JsonNode container) throws IOException {
        // JSON in a JSON text: Podman's own, of which the storage knows nothing
        var metadata = MAPPER.readTree(container.path("metadata").asText("{}"));
        var name = text(container.path("names").path(0)).or(() -> text(metadata.path("name")));
        var image = text(metadata.path("image-name"));
        var infra = name.filter(it -> it.endsWith("-infra")).isPresent()
                && image.filter(it -> it.contains("pause")).isPresent();
        return new Entry(name, image, infra);
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isBlank());
    }
}
