/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.model.PodRef;

/**
 * A decision with whose it is, as the journal keeps it. Immutable.
 *
 * @param mode in shadow nothing was written
 */
public record Recorded(PodRef pod, SmartDecision decision, SmartSettings.Mode mode) {}
