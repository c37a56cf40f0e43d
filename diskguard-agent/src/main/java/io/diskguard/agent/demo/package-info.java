/* SPDX-License-Identifier: Apache-2.0 */
/** The demonstrations: one on a simulated node, one on the kernel of this machine. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.demo;
