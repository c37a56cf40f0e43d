/* SPDX-License-Identifier: Apache-2.0 */
/** The agent as it is shipped, as a process: memory, start, CPU. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.agent;
