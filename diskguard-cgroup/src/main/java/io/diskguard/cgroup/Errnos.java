/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;

/**
 * Tells the kernel's error number from a Java exception, which carries it only as {@code strerror}'s words. Those words
 * are English because the JVM runs file operations in the C locale unless told otherwise; what is not recognised becomes
 * {@link Errno#OTHER} with its words.
 */
final class Errnos {
    private static final String NO_DATA = "No data available";
    private static final List<Map.Entry<String, Errno>> WORDS = List.of(
            Map.entry("No such file or directory", Errno.ENOENT),
            Map.entry("Not a directory", Errno.ENOENT),
            Map.entry("No such device", Errno.ENODEV),
            Map.entry("File exists", Errno.EEXIST),
            Map.entry("Invalid argument", Errno.EINVAL),
            Map.entry("Numerical result out of range", Errno.ERANGE),
            Map.entry("Permission denied", Errno.EACCES),
            Map.entry("Operation not permitted", Errno.EPERM),
            Map.entry("Read-only file system", Errno.EROFS),
            Map.entry("Device or resource busy", Errno.EBUSY),
            Map.entry("Directory not empty", Errno.EBUSY),
            Map.entry("No space left on device", Errno.ENOSPC),
            Map.entry("User limit of inotify watches reached", Errno.ENOSPC),
            Map.entry("Too many open files", Errno.EMFILE),
            Map.entry("User limit of inotify instances reached", Errno.EMFILE),
            Map.entry("Operation not supported", Errno.EOPNOTSUPP));

    private Errnos() {}

    static FsResult failed(String what, Exception e) {
        return FsResult.failed(of(e), what + ": " + words(e));
    }

    static Errno of(Exception e) {
        if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
            return Errno.ENOENT;
        }
        var words = words(e);
        // "No such device" is also how "No such device or address" (ENXIO) starts
        for (var known : WORDS) {
            if (words.contains(known.getKey()) && !words.contains("or address")) {
                return known.getValue();
            }
        }
        return e instanceof AccessDeniedException ? Errno.EACCES : Errno.OTHER;
    }

    /** Whether an extended attribute was asked for that is not set (ENODATA). */
    static boolean isNoData(Exception e) {
        return words(e).contains(NO_DATA);
    }

    static String words(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "Directory not empty";
        }
        var reason =
                e instanceof FileSystemException fs ? fs.getReason() : inParentheses(String.valueOf(e.getMessage()));
        if (reason != null) {
            return reason;
        }
        return e instanceof AccessDeniedException ? "Permission denied" : e.toString();
    }

    /** {@link java.io.FileNotFoundException} says {@code path (reason)}; the path may hold parentheses too. */
    private static String inParentheses(String message) {
        var open = message.lastIndexOf(" (");
        return open >= 0 && message.endsWith(")") ? message.substring(open + 2, message.length() - 1) : message;
    }
}
