/* SPDX-License-Identifier: Apache-2.0 */
/** Runs pods on a container runtime as the kubelet does, at the word of a script. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.cri;
