/* SPDX-License-Identifier: Apache-2.0 */
/** Pods of a real containerd in cgroups as the kubelet's cgroupfs driver makes them, guarded by the agent as the image has it. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.cri;
