/* SPDX-License-Identifier: Apache-2.0 */
/** What a configuration would have decided by a load that was recorded, or that is made up. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.simulate;
