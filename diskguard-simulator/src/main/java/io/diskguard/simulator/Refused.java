/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.spi.Errno;

/** The kernel's refusal on its way to the caller of the file system. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final Errno errno;

    Refused(Errno errno) {
        super(words(errno), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }

    /** What {@code strerror} says. */
    private static String words(Errno errno) {
        return switch (errno) {
            case ENOENT -> "No such file or directory";
            case ENODEV -> "No such device";
            case EEXIST -> "File exists";
            case EINVAL -> "Invalid argument";
            case ERANGE -> "Numerical result out of range";
            case EACCES -> "Permission denied";
            case EPERM -> "Operation not permitted";
            case EROFS -> "Read-only file system";
            case EBUSY -> "Device or resource busy";
            case ENOSPC -> "No space left on device";
            case EMFILE -> "Too many open files";
            case EOPNOTSUPP -> "Operation not supported";
            case OTHER -> "Input/output error";
        };
    }
}
