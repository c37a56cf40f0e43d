/* SPDX-License-Identifier: Apache-2.0 */
/** The library as a whole, in one process on the real kernel or a simulated node. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.library;
