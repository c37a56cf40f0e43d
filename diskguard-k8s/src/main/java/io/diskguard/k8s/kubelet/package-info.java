/* SPDX-License-Identifier: Apache-2.0 */
/** The node's pods and their IO counters, as this node's kubelet tells them. */
@org.jspecify.annotations.NullMarked
package io.diskguard.k8s.kubelet;
