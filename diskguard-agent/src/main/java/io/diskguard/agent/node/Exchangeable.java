/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.config.GuardConfig;
import io.diskguard.spi.Environment;

/** What follows the configuration by being exchanged for another one. */
@FunctionalInterface
interface Exchangeable {
    /** It stays the same. */
    Exchangeable NEVER = (environment, before, next) -> Exchange.NONE;

    /**
     * Makes the other one, or nothing where the same does.
     *
     * @param environment with the settings of the next configuration
     * @throws AgentException if it cannot be on this node
     */
    Exchange exchange(Environment environment, GuardConfig before, GuardConfig next) throws AgentException;
}
