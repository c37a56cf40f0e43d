/* SPDX-License-Identifier: Apache-2.0 */
/** Benchmarks on the real kernel, run by hand; each prints its figures and a verdict against the budget. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks;
