/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Resolves {@code podman://<id>}. Holds nothing open; thread-safe. */
final class LibpodResolver implements RuntimeResolver {
    static final String SCHEME = "podman";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final LibpodCgroups cgroups;
    private final LibpodStorage storage;

    LibpodResolver(LibpodCgroups cgroups, LibpodStorage storage) {
        this.cgroups = cgroups;
        this.storage = storage;
    }

    @Override
    public Resolution resolve(ContainerId id) {
        if (!cgroups.areReadable()) {
            return new Resolution.Unknown(cgroups.fs().mountPoint() + " cannot be read");
        }
        if (!id.scheme().equals(SCHEME) || !ID.matcher(id.id()).matches()) {
            return new Resolution.Gone();
        }
        var cgroup = cgroups.find(id.id());
        if (cgroup.isEmpty()) {
            return new Resolution.Gone();
        }
        try {
            // Without its entry it cannot be told from a pod's infra container, which must not be limited
            return storage.find(id.id())
                    .<Resolution>map(entry -> new Resolution.Found(
                            cgroup.get(), entry.name(), entry.image(), Optional.empty(), entry.infra()))
                    .orElseGet(() -> new Resolution.Unknown("not in " + storage.file() + " (yet)"));
        } catch (IOException e) {
            return new Resolution.Unknown(storage.file() + " cannot be read: " + e);
        }
    }

    @Override
    public void close() {}
}
