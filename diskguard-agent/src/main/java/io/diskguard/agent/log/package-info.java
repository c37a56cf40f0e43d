/* SPDX-License-Identifier: Apache-2.0 */
/** Logging to standard error, as text or as JSON, configured in code. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.log;
