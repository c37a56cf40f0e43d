/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import java.time.Instant;

/**
 * A point in time: what is decided is measured by the ticker, which never jumps, and told by the clock. Immutable.
 *
 * @param nanos of the ticker
 * @param instant of the clock
 */
public record Moment(long nanos, Instant instant) {}
