/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * inotify through one {@link WatchService}. A cgroup that is removed says nothing itself, and its watch would stay for
 * ever (kernfs leaves the inode's link count, so the kernel never drops the mark; seen on Linux 6.18): only its parent
 * tells, which therefore is registered too.
 */
final class HostCgroupWatch implements CgroupWatch {
    private final HostCgroupFs fs;
    private final Path mount;
    private final WatchService service;
    private final Ticker ticker = Ticker.system();
    private final Queue<Event> pending = new ArrayDeque<>();
    private final Object lock = new Object();
    private final Map<CgroupPath, Registered> registered = new HashMap<>();
    /** Those of the registered that were asked for; the others only tell that a child went. */
    private final Set<CgroupPath> watched = new HashSet<>();

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
        synchronized (lock) {
            var parent = cgroup.parent();
            if (parent.isPresent() && !isRegistered(parent.get())) {
                var result = watched.contains(parent.get())
                        ? register(parent.get(), ENTRY_CREATE, ENTRY_DELETE)
                        : register(parent.get(), ENTRY_DELETE);
                if (!result.isOk()) {
                    return result;
                }
            }
            if (watched.contains(cgroup) && isRegistered(cgroup)) {
                return FsResult.OK;
            }
            var result = register(cgroup, ENTRY_CREATE, ENTRY_DELETE);
            if (result.isOk()) {
                watched.add(cgroup);
            }
            return result;
        }
    }

    /** Whether it is, and is still the same directory: nobody tells of the end of one whose own parent is not registered. */
    private boolean isRegistered(CgroupPath cgroup) {
        var known = registered.get(cgroup);
        return known != null
                && known.key().isValid()
                && known.directory().isPresent()
                && fs.directory(cgroup).map(HostCgroupWatch::identity).equals(Optional.of(known.directory()));
    }

    private FsResult register(CgroupPath cgroup, WatchEvent.Kind<?>... kinds) {
        var name = fs.name(cgroup);
        var directory = fs.directory(cgroup);
        if (directory.isEmpty()) {
            return FsResult.failed(Errno.ENOENT, name + ": No such file or directory");
        }
        try {
            var key = directory.get().register(service, kinds);
            var old = registered.put(cgroup, new Registered(key, identity(directory.get())));
            if (old != null && !old.key().equals(key)) {
                // Removed and made again: another inode at the same place
                old.key().cancel();
            }
            return FsResult.OK;
        } catch (IOException e) {
            return Errnos.failed(name, e);
        } catch (ClosedWatchServiceException e) {
            return FsResult.failed(Errno.OTHER, name + ": the watch is closed");
        }
    }

    @Override
    public Optional<Event> take(Duration atMost) throws InterruptedException {
        var start = ticker.nanos();
        try {
            while (pending.isEmpty()) {
                var left = atMost.toNanos() - (ticker.nanos() - start);
                var key = service.poll(Math.max(left, 0), TimeUnit.NANOSECONDS);
                if (key == null) {
                    return Optional.empty();
                }
                synchronized (lock) {
                    drain(key);
                }
            }
            return Optional.of(pending.remove());
        } catch (ClosedWatchServiceException e) {
            return Optional.empty();
        }
    }

    private void drain(WatchKey key) {
        var cgroup = cgroupOf((Path) key.watchable());
        for (var event : key.pollEvents()) {
            if (event.kind().equals(OVERFLOW)) {
                overflow(cgroup);
            } else if (event.context() instanceof Path name && isName(name.toString())) {
                var child = cgroup.child(name.toString());
                if (event.kind().equals(ENTRY_DELETE)) {
                    gone(child);
                } else if (watched.contains(cgroup)) {
                    pending.add(new Event.Appeared(child));
                }
            }
        }
        if (!key.reset() && isKeyOf(key, cgroup)) {
            gone(cgroup);
        }
    }

    private void overflow(CgroupPath cgroup) {
        List.copyOf(registered.keySet()).stream()
                .filter(child -> child.parent().filter(cgroup::equals).isPresent() && !fs.exists(child))
                .forEach(this::gone);
        if (watched.contains(cgroup)) {
            pending.add(new Event.Overflow(cgroup));
        }
    }

    private void gone(CgroupPath cgroup) {
        var old = registered.remove(cgroup);
        if (old != null) {
            old.key().cancel();
        }
        if (watched.remove(cgroup)) {
            pending.add(new Event.Gone(cgroup));
        }
    }

    private boolean isKeyOf(WatchKey key, CgroupPath cgroup) {
        var known = registered.get(cgroup);
        return known != null && known.key().equals(key);
    }

    /** Device and inode; empty if it is gone. */
    private static Optional<Object> identity(Path directory) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return Optional.empty();
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

    /** @param directory which one it was then */
    private record Registered(WatchKey key, Optional<Object> directory) {}
}
