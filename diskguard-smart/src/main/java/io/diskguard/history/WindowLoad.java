/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.history;

import io.diskguard.model.IoRates;
import java.time.Duration;

/**
 * What was done in a window. Immutable.
 *
 * @param rates over the time that is covered
 * @param covered how much of the window was counted: more than nothing
 */
public record WindowLoad(IoRates rates, Duration covered) {}
