/* SPDX-License-Identifier: Apache-2.0 */
/** Asks the agent that runs on this node over its own HTTP server. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.remote;
