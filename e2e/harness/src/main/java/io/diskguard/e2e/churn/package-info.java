/* SPDX-License-Identifier: Apache-2.0 */
/** Much going on at a node, API servers that die, and proof that no limit is wrong for long. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.churn;
