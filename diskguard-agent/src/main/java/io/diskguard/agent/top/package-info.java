/* SPDX-License-Identifier: Apache-2.0 */
/** Rates of the node's containers against their limits as a table: what is seen, how it is sorted and drawn, and the terminal. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.top;
