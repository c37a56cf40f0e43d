/* SPDX-License-Identifier: Apache-2.0 */
/** What benchmarks set up on a machine: disks, an API server, a runtime, the agent as it is shipped. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.host;
