/* SPDX-License-Identifier: Apache-2.0 */
/** Kernel and node in memory: a cgroup file system that answers as Linux does, disks, pods with load, and time turned by hand. */
@org.jspecify.annotations.NullMarked
package io.diskguard.simulator;
