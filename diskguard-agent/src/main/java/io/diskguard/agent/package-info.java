/* SPDX-License-Identifier: Apache-2.0 */
/** The reference agent: the library assembled, and its command line. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent;
