/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import java.util.List;

/** Which pair of files counts. They all read alike: {@code 8:0 Write 12}, and {@code Total 12} at the end. */
enum CounterFiles {
    /** Of disks whose scheduler is bfq, with the children's. */
    BFQ("blkio.bfq.io_service_bytes_recursive", "blkio.bfq.io_serviced_recursive"),
    /** Of disks whose scheduler is cfq (before Linux 5.0), with the children's. */
    CFQ("blkio.io_service_bytes_recursive", "blkio.io_serviced_recursive"),
    /** Of any disk, with the children's. */
    THROTTLE_RECURSIVE("blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_serviced_recursive"),
    /** Of any disk, the cgroup's own. */
    THROTTLE("blkio.throttle.io_service_bytes", "blkio.throttle.io_serviced");

    static final List<CounterFiles> OF_SCHEDULERS = List.of(BFQ, CFQ);

    private final String bytes;
    private final String operations;

    CounterFiles(String bytes, String operations) {
        this.bytes = bytes;
        this.operations = operations;
    }

    String bytes() {
        return bytes;
    }

    String operations() {
        return operations;
    }
}
