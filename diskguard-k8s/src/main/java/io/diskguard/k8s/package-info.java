/* SPDX-License-Identifier: Apache-2.0 */
/** The node's pods, their state and their events, from and to the Kubernetes API server. */
@org.jspecify.annotations.NullMarked
package io.diskguard.k8s;
