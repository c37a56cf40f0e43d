/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;

/** What the processes of one cgroup try to do. */
record Demand(CgroupPath cgroup, Load load) {}
