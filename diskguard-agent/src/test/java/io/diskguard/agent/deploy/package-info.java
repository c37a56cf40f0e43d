/* SPDX-License-Identifier: Apache-2.0 */
/** What is shipped to deploy the agent with, held against the code that it deploys. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.deploy;
