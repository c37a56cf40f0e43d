/* SPDX-License-Identifier: Apache-2.0 */
/** The entry point of the reference agent. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent;
