/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Sees every write to a control file that limits, however short what it does is there. Not thread-safe. */
final class Touches implements AutoCloseable {
    private final WatchService service;
    private final Map<CgroupPath, WatchKey> keys = new HashMap<>();
    private final Map<WatchKey, CgroupPath> cgroups = new HashMap<>();

    Touches() {
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void watch(CgroupPath cgroup, Path directory) {
        try {
            var key = directory.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
            keys.put(cgroup, key);
            cgroups.put(key, cgroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(CgroupPath cgroup) {
        var key = keys.remove(cgroup);
        if (key != null) {
            cgroups.remove(key);
            key.cancel();
        }
    }

    /** Where something was written since this was asked last. */
    Set<CgroupPath> poll() {
        var touched = new LinkedHashSet<CgroupPath>();
        for (var key = service.poll(); key != null; key = service.poll()) {
            for (var event : key.pollEvents()) {
                var file = String.valueOf(event.context());
                var cgroup = cgroups.get(key);
                if (cgroup != null && (file.startsWith("blkio.throttle.") || file.equals("io.max"))) {
                    touched.add(cgroup);
                }
            }
            key.reset();
        }
        return touched;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
