/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Peers that speak HTTP over real sockets and fail, hang or talk nonsense instead of answering, for tests of the clients that
 * ask them. For faults at the ports of the library, whoever is behind them, see {@link io.diskguard.testkit.fault}.
 */
@org.jspecify.annotations.NullMarked
package io.diskguard.testkit.wire;
