/* SPDX-License-Identifier: Apache-2.0 */
/** A Kubernetes node in this machine: the agent as the image has it, a container runtime, and what a kubelet does with them. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.node;
