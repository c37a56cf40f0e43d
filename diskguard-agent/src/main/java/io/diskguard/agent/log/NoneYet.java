/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets up nothing until {@link AgentLog} does, where logback would set up its own pattern on standard output. A configuration file
 * of logback comes before it, as in tests.
 */
@ConfiguratorRank(ConfiguratorRank.FALLBACK + 1)
public final class NoneYet extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
