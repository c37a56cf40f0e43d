/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

import io.diskguard.model.CgroupPath;
import java.util.List;
import java.util.Optional;

/**
 * All access to the control files of one cgroup hierarchy. It behaves as kernfs does: no file is ever created or
 * truncated, a write is one {@code write(2)}, a cgroup can vanish between any two calls. Thread-safe.
 */
public interface CgroupFs {
    /** Where the hierarchy is mounted, for messages. */
    String mountPoint();

    /** Reads a control file whole into the buffer, replacing its content; on failure the buffer is cleared. */
    FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer);

    /** The same file to be read again and again, whatever is there at the time: for those who read on every tick. */
    default ControlFile file(CgroupPath cgroup, String file) {
        return buffer -> read(cgroup, file, buffer);
    }

    /** Writes one line (without its newline) with one {@code write(2)}. */
    FsResult write(CgroupPath cgroup, String file, String line);

    /** Whether the cgroup exists. */
    boolean exists(CgroupPath cgroup);

    /** Whether the cgroup has the control file. */
    boolean exists(CgroupPath cgroup, String file);

    /** The names of the child cgroups, sorted; empty if the cgroup has none or is gone. */
    List<String> children(CgroupPath cgroup);

    /**
     * Makes one cgroup; its parent must be there. This and {@link #rmdir} are the only calls that make or remove
     * anything, for scratch cgroups of our own. {@link Errno#EEXIST} if it is there already, {@link Errno#ENOENT}
     * without its parent.
     */
    FsResult mkdir(CgroupPath cgroup);

    /**
     * Removes one cgroup, with its limits and attributes. {@link Errno#EBUSY} while it has children or processes,
     * {@link Errno#ENOENT} if it is gone.
     */
    FsResult rmdir(CgroupPath cgroup);

    /** The cgroup directory's extended attribute {@code user.<name>}. */
    AttributeResult attribute(CgroupPath cgroup, String name);

    /** Sets the extended attribute {@code user.<name>}; {@link Errno#EOPNOTSUPP} where the kernel has no such attributes on cgroups. */
    FsResult setAttribute(CgroupPath cgroup, String name, String value);

    /** Removes the extended attribute {@code user.<name>}; fine if it is not there. */
    FsResult removeAttribute(CgroupPath cgroup, String name);

    /** Opens a watch for cgroups that appear and vanish; empty where the host has none (or no more) to give. */
    Optional<CgroupWatch> openWatch();
}
