/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Limits;

/**
 * What the configuration file says that changes.
 *
 * @param defaults of containers that say nothing
 * @param ceiling operations a second that nobody may exceed; 0: none
 */
record Settings(Limits defaults, long ceiling) {}
