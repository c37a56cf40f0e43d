/* SPDX-License-Identifier: Apache-2.0 */
/** What the agent knows of its node now: what each container may do, has in the kernel, and does. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.view;
