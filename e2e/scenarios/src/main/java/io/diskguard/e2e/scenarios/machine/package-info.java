/* SPDX-License-Identifier: Apache-2.0 */
/** The machine that the scenarios run in: its disks, its cgroups, load on them and what the kernel counts of it. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.machine;
