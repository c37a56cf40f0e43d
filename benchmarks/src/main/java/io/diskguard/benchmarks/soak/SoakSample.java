/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.benchmarks.host.ProcessStatus;
import java.io.IOException;
import java.util.Map;

/**
 * What the agent was at one time.
 *
 * @param minute since the changes began
 * @param compiledMb of the anonymous memory
 */
record SoakSample(double minute, ProcessStatus status, double compiledMb, OpenFiles open) {
    static SoakSample of(long pid, double minute) throws IOException {
        return new SoakSample(minute, ProcessStatus.of(pid), CompiledCode.megabytes(pid), OpenFiles.of(pid));
    }

    /** What must be the same whenever the node is in the same state. */
    Map<String, Integer> held() {
        return Map.of("threads", status.threads(), "descriptors", open.count(), "watches", open.watches());
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "minute %.1f: resident %.1f MB, anonymous %.1f MB (compiled code %.1f MB), %d threads, descriptors %s, %d watches, CPU %.1f s",
                minute,
                status.residentMb(),
                status.anonymousMb(),
                compiledMb,
                status.threads(),
                open.kinds(),
                open.watches(),
                status.cpuSeconds());
    }
}
