/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** What came of one control file operation. Immutable. */
public sealed interface FsResult {
    /** It was done. */
    FsResult OK = new Ok();

    static FsResult failed(Errno errno, String detail) {
        return new Failed(errno, detail);
    }

    default boolean isOk() {
        return this instanceof Ok;
    }

    /** Whether it failed with {@code errno}. */
    default boolean is(Errno errno) {
        return this instanceof Failed failed && failed.errno() == errno;
    }

    record Ok() implements FsResult {}

    /** @param detail file and the kernel's own words, for a person to read */
    record Failed(Errno errno, String detail) implements FsResult {}
}
