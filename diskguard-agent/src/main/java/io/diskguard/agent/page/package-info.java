/* SPDX-License-Identifier: Apache-2.0 */
/** The page that shows a person what the agent knows of its node. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.page;
