/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.IoRates;
import java.time.Instant;

/**
 * What was done in a stretch of time. Immutable.
 *
 * @param at its end
 */
public record LoadPoint(Instant at, IoRates rates) {}
