/* SPDX-License-Identifier: Apache-2.0 */
/** Asks containerd or CRI-O what a container is, over CRI v1 (gRPC on a unix socket). */
@org.jspecify.annotations.NullMarked
package io.diskguard.runtime.containerd;
