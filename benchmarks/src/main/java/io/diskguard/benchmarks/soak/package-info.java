/* SPDX-License-Identifier: Apache-2.0 */
/** An hour in the life of the agent as it is shipped: whether it grows, whether a limit is ever wrong. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.soak;
