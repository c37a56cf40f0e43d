/* SPDX-License-Identifier: Apache-2.0 */
/** Pods of a real containerd in slices and scopes of a real systemd, which has ideas of its own about {@code io.max}. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.systemd;
