/* SPDX-License-Identifier: Apache-2.0 */
/** Pods from a directory of manifests, for nodes and tests without an API server. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.podsdir;
