/* SPDX-License-Identifier: Apache-2.0 */
/** Limits and counters of cgroup v1: {@code blkio.throttle.*}. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup.v1;
