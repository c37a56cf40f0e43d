/* SPDX-License-Identifier: Apache-2.0 */
/** Values that cannot be wrong: pods, containers, disks, limits and counters. Depends on {@code java.*} only. */
@org.jspecify.annotations.NullMarked
package io.diskguard.model;
