/* SPDX-License-Identifier: Apache-2.0 */
/** Limits on every kind of disk hold, by what the kernel counts. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.disks;
