/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Faults at the ports of the library, without a socket: any operation of any port made to fail, to hang, to answer late or to
 * answer garbage. For what is behind a port that speaks HTTP see {@link io.diskguard.testkit.wire}.
 */
@org.jspecify.annotations.NullMarked
package io.diskguard.testkit.fault;
