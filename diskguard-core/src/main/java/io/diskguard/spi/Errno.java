/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** Why the kernel refused a control file operation. */
public enum Errno {
    /** The cgroup or the file is not there. */
    ENOENT,
    /** No such disk, or one that cannot be throttled (a partition, a character device); also: the cgroup vanished while open. */
    ENODEV,
    /** What was to be made is there already. */
    EEXIST,
    EINVAL,
    ERANGE,
    EACCES,
    EPERM,
    EROFS,
    /** In use, a cgroup with children or processes for instance. */
    EBUSY,
    ENOSPC,
    EMFILE,
    EOPNOTSUPP,
    /** Any other; the detail says it. */
    OTHER
}
