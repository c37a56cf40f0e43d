/* SPDX-License-Identifier: Apache-2.0 */
/** What the agent counts, as Prometheus reads it. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.metrics;
