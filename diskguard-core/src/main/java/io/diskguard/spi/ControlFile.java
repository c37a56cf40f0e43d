/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** One control file of one cgroup, its name worked out once. Thread-safe, holds nothing open. */
@FunctionalInterface
public interface ControlFile {
    /** Reads it whole into the buffer, as {@link CgroupFs#read} does. */
    FsResult read(ReadBuffer buffer);
}
