/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.apiserver.PodTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pods of a directory of manifests, a file each, replaced by rename. */
record DirectoryBook(Path directory) implements PodBook {
    @Override
    public void create(PodTemplate pod) {
        Replaced.file(file(pod), Json.write(pod.toJson()));
    }

    @Override
    public void createPending(PodTemplate pod) {
        var json = pod.toJson();
        var status = (ObjectNode) json.get("status");
        status.put("phase", "Pending");
        status.remove("containerStatuses");
        Replaced.file(file(pod), Json.write(json));
    }

    @Override
    public void edit(PodTemplate before, PodTemplate after) {
        create(after);
    }

    @Override
    public void running(PodTemplate pod) {
        create(pod);
    }

    @Override
    public void delete(PodTemplate pod) {
        try {
            Files.delete(file(pod));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(PodTemplate pod) {
        return directory.resolve(pod.uid() + ".json");
    }
}
