/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DeviceLimits;

/**
 * A container's cgroup before a plan. Immutable.
 *
 * @param uses the disks on which it is to be limited
 * @param limits what the kernel has
 * @param mark which of that is ours
 */
public record Observation(Target target, Uses uses, DeviceLimits limits, Mark mark) {}
