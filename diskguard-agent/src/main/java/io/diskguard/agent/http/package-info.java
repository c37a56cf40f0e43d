/* SPDX-License-Identifier: Apache-2.0 */
/** What the agent tells over HTTP. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.http;
