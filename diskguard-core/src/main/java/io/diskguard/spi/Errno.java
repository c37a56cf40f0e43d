/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** Why the kernel refused a control file operation. */
public enum Errno {
    /** The cgroup or the file is not there. */
    ENOENT,
    /** No such disk, or one that cannot be throttled (a partition, a character device); also: the cgroup vanished while open. */
    ENODEV,
    EINVAL,
    ERANGE,
    EACCES,
    EPERM,
    EROFS,
    EBUSY,
    ENOSPC,
    EMFILE,
    EOPNOTSUPP,
    /** Any other; the detail says it. */
    OTHER
}
