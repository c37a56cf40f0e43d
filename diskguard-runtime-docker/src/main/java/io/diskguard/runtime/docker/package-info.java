/* SPDX-License-Identifier: Apache-2.0 */
/** Docker's containers through its unix socket: by id, and as the pods of a node without Kubernetes. */
@org.jspecify.annotations.NullMarked
package io.diskguard.runtime.docker;
