/* SPDX-License-Identifier: Apache-2.0 */
/** Internal to this module, may change at any time: what the drivers and statistics of both cgroup versions share. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup.internal;
