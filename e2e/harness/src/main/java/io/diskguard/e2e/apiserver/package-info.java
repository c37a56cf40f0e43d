/* SPDX-License-Identifier: Apache-2.0 */
/** A Kubernetes API server in a process of its own: pods and events of a node, over HTTPS, that outlive a killed process. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.apiserver;
