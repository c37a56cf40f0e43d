/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What stands at a path at one moment, behind all symbolic links. Immutable. */
public sealed interface FileState {
    /** Looks now, once. */
    static FileState of(Path file, int contentMax) {
        throw new UnsupportedOperationException("under way");
    }

    /**
     * A file, read whole: nobody wrote to it meanwhile.
     *
     * @param identity file key (the inode), size, time of modification and SHA-256, for people
     * @param content read-only; a buffer of its own for each caller
     */
    record Present(String identity, ByteBuffer content) implements FileState {}

    /** A file that is longer than what is read. */
    record TooLong(String identity, long size) implements FileState {}

    /** There is none. */
    record Absent() implements FileState {}

    /** It cannot be read: {@code reason}, for people. */
    record Unreadable(String reason) implements FileState {}
}
