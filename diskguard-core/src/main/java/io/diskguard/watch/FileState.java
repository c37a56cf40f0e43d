/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What stands at a path at one moment, behind all symbolic links. Immutable. */
public sealed interface FileState {
    /**
     * Looks now, once. What is no regular file, such as a pipe, is read as it comes.
     *
     * @param contentMax bytes, less than {@link Integer#MAX_VALUE}
     */
    static FileState of(Path file, int contentMax) {
        return Look.at(file, contentMax, false);
    }

    /**
     * A file, read whole: nobody wrote to it meanwhile.
     *
     * @param identity file key (the inode), size, time of modification and how its SHA-256 begins, for people
     * @param content read-only; a buffer of its own for each caller
     */
    record Present(String identity, ByteBuffer content) implements FileState {
        @Override
        public ByteBuffer content() {
            return content.asReadOnlyBuffer();
        }

        /** Its identity, nothing of its content. */
        @Override
        public String toString() {
            return identity;
        }
    }

    /**
     * A file that is longer than what is read.
     *
     * @param identity file key, size and time of modification, for people
     * @param size bytes, as far as known
     */
    record TooLong(String identity, long size) implements FileState {
        @Override
        public String toString() {
            return identity + ", too long";
        }
    }

    /** There is none. */
    record Absent() implements FileState {
        @Override
        public String toString() {
            return "no file";
        }
    }

    /** It cannot be read: {@code reason}, for people. */
    record Unreadable(String reason) implements FileState {
        @Override
        public String toString() {
            return reason;
        }
    }
}
