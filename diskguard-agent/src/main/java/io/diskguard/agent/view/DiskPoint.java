/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.IoRates;
import java.time.Instant;

/**
 * What a disk did in a stretch of time. Immutable.
 *
 * @param at its end
 * @param utilisation share of the time with at least one operation going on, 0 to 1
 */
public record DiskPoint(Instant at, double utilisation, IoRates rates) {}
