/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The mounts of one process, found as the kernel walks a path: from each mount to what is mounted on it. Immutable. */
final class MountTable {
    /** Enough for a person; the mounts of pods come last and change all the time. */
    private static final int SEEN = 40;

    private final String file;
    private final List<Mount> mounts;
    private final Map<Place, Mount> attached = new HashMap<>();
    private final Map<String, Mount> tops = new HashMap<>();
    private final Set<String> mountPoints = new HashSet<>();

    private MountTable(String file, List<Mount> mounts) {
        this.file = file;
        this.mounts = List.copyOf(mounts);
        var ids = mounts.stream().map(Mount::id).collect(Collectors.toSet());
        for (var mount : mounts) {
            mountPoints.add(mount.mountPoint());
            // the parent of the topmost mount that a process can see is not in its table
            if (mount.id() == mount.parent() || !ids.contains(mount.parent())) {
                tops.put(mount.mountPoint(), mount);
            } else {
                attached.put(new Place(mount.parent(), mount.mountPoint()), mount);
            }
        }
    }

    /** The table of a process; empty if it cannot be read, or the process is about to end and has none. */
    static Optional<MountTable> of(Path proc, String process) {
        var file = proc.resolve(process).resolve("mountinfo");
        return HostFiles.read(file).map(text -> parse(file.toString(), text)).filter(table -> !table.mounts.isEmpty());
    }

    /** Lines that are none are left out. */
    static MountTable parse(String file, String text) {
        var mounts = new ArrayList<Mount>();
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            Mount.parse(text.substring(from, end)).ifPresent(mounts::add);
        }
        return new MountTable(file, mounts);
    }

    /** Where it was read, for messages. */
    String file() {
        return file;
    }

    boolean isSameAs(MountTable other) {
        return mounts.equals(other.mounts);
    }

    /** Whether something is mounted there, covered or not. */
    boolean isMountPoint(String path) {
        return mountPoints.contains(path);
    }

    /** The mount on exactly this mount point, if a path leads to it: one that is covered by another does not count. */
    Optional<Mount> at(String mountPoint) {
        return containing(mountPoint).filter(mount -> mount.mountPoint().equals(mountPoint));
    }

    /** The mount that a path is on. */
    Optional<Mount> containing(String path) {
        var here = entered(Optional.empty(), "/");
        for (var slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            here = entered(here, path.substring(0, slash));
        }
        return path.equals("/") ? here : entered(here, path);
    }

    /** Where one gets to from a mount at a mount point: up the mounts that are stacked there. */
    private Optional<Mount> entered(Optional<Mount> from, String mountPoint) {
        var here = from.flatMap(mount -> on(mount, mountPoint))
                .or(() -> Optional.ofNullable(tops.get(mountPoint)))
                .or(() -> from);
        for (var i = 0; i < mounts.size(); i++) {
            var above = here.flatMap(mount -> on(mount, mountPoint));
            if (above.isEmpty()) {
                break;
            }
            here = above;
        }
        return here;
    }

    private Optional<Mount> on(Mount below, String mountPoint) {
        return Optional.ofNullable(attached.get(new Place(below.id(), mountPoint)));
    }

    /** Those whose mount point is as asked for. */
    List<Mount> whose(Predicate<String> mountPoint) {
        return mounts.stream()
                .filter(mount -> mountPoint.test(mount.mountPoint()))
                .toList();
    }

    /** Those that a path leads to. */
    List<Mount> reached() {
        return mounts.stream()
                .filter(mount -> at(mount.mountPoint()).filter(mount::equals).isPresent())
                .toList();
    }

    /** Where that file system is mounted. */
    Optional<String> mountPointOf(DeviceId fileSystem) {
        return mounts.stream()
                .filter(mount -> mount.device().equals(fileSystem))
                .map(Mount::mountPoint)
                .findFirst();
    }

    /** Some of those that are on a disk, for messages. */
    List<String> seen() {
        return mounts.stream()
                .filter(mount -> FileSystems.whyNoDisk(mount.type()).isEmpty()
                        && !mount.type().equals("overlay"))
                .map(Mount::toString)
                .distinct()
                .limit(SEEN)
                .toList();
    }

    private record Place(int parent, String mountPoint) {}
}
