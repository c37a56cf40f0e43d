/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** inotify through one {@link WatchService}. */
final class HostCgroupWatch implements CgroupWatch {
    private final HostCgroupFs fs;
    private final Path mount;
    private final WatchService service;
    private final Queue<Event> pending = new ArrayDeque<>();

    private HostCgroupWatch(HostCgroupFs fs, Path mount, WatchService service) {
        this.fs = fs;
        this.mount = mount;
        this.service = service;
    }

    /** Empty where no (further) inotify instance is to be had. */
    static Optional<HostCgroupWatch> open(HostCgroupFs fs, Path mount) {
        try {
            return Optional.of(
                    new HostCgroupWatch(fs, mount, mount.getFileSystem().newWatchService()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    @Override
    public FsResult watch(CgroupPath cgroup) {
        var name = fs.name(cgroup);
        var directory = fs.directory(cgroup);
        if (directory.isEmpty()) {
            return FsResult.failed(Errno.ENOENT, name + ": No such file or directory");
        }
        try {
            directory.get().register(service, StandardWatchEventKinds.ENTRY_CREATE);
            return FsResult.OK;
        } catch (IOException e) {
            return Errnos.failed(name, e);
        } catch (ClosedWatchServiceException e) {
            return FsResult.failed(Errno.OTHER, name + ": the watch is closed");
        }
    }

    @Override
    public Optional<Event> take(Duration atMost) throws InterruptedException {
        if (pending.isEmpty()) {
            try {
                var key = service.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
                if (key != null) {
                    drain(key);
                }
            } catch (ClosedWatchServiceException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(pending.poll());
    }

    private void drain(WatchKey key) {
        var cgroup = cgroupOf((Path) key.watchable());
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                pending.add(new Event.Overflow(cgroup));
            } else if (event.context() instanceof Path name && isName(name.toString())) {
                pending.add(new Event.Appeared(cgroup.child(name.toString())));
            }
        }
        if (!key.reset()) {
            pending.add(new Event.Gone(cgroup));
        }
    }

    private CgroupPath cgroupOf(Path directory) {
        var relative = mount.relativize(directory).toString();
        return relative.isEmpty() ? CgroupPath.ROOT : new CgroupPath("/" + relative);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf('\n') < 0;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // Nothing to save: the kernel drops the watches with the process at the latest
        }
    }
}
