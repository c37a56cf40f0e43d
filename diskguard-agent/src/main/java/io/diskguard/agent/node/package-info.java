/* SPDX-License-Identifier: Apache-2.0 */
/** The agent of one node, assembled from the library's parts. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.node;
