/* SPDX-License-Identifier: Apache-2.0 */
/** The JSON API below {@code /api/v1}: what the agent knows of its node, in JSON. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.api;
