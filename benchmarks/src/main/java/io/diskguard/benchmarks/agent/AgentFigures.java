/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.agent;

import io.diskguard.benchmarks.host.ProcessStatus;
import java.util.OptionalDouble;

/**
 * What one run of the agent took.
 *
 * @param startSeconds from exec until the last limit could be read in the kernel and it said that it is ready
 * @param startCpuSeconds of the process until then
 * @param anonymousMb its highest value of those seen each second
 * @param idleCpuSeconds a minute, after warming up
 * @param last at the end
 * @param workingSetMb of its memory cgroup at the end, where it has one
 */
record AgentFigures(
        double startSeconds,
        double startCpuSeconds,
        double anonymousMb,
        double idleCpuSeconds,
        ProcessStatus last,
        OptionalDouble workingSetMb) {}
