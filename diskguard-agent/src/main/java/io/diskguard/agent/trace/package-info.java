/* SPDX-License-Identifier: Apache-2.0 */
/** Records what was read of the containers' load, a line of JSON for each round, and reads it again. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.trace;
