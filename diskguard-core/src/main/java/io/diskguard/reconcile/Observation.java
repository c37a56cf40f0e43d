/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.DeviceLimits;

/** What a target's cgroup says now: the limits in the kernel and the mark that tells which are ours. Immutable. */
record Observation(Target target, DeviceLimits limits, Mark mark) {}
