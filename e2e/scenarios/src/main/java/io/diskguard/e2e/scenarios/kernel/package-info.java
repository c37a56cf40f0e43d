/* SPDX-License-Identifier: Apache-2.0 */
/** The drivers and watches on this kernel: the same contract tests as on the simulated one, and what only a real one can show. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.kernel;
