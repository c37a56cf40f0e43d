/* SPDX-License-Identifier: Apache-2.0 */
/** Each key of the configuration, changed while the agent runs. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.live;
