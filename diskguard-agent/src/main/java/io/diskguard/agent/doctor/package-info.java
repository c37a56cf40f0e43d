/* SPDX-License-Identifier: Apache-2.0 */
/** What works on this node, what does not, and what to do about it. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.doctor;
