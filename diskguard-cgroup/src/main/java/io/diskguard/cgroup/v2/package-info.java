/* SPDX-License-Identifier: Apache-2.0 */
/** Limits and counters of cgroup v2: {@code io.max} and {@code io.stat}. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup.v2;
