/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.stream.Stream;

/**
 * Sets up nothing until {@link AgentLog} does, where logback would set up a pattern of its own on standard output. A configuration
 * file of logback is left to logback: configurators that are services, as this, come before it whatever their rank.
 */
public final class SilentStart extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return hasFile(SilentStart.class.getClassLoader())
                ? ExecutionStatus.INVOKE_NEXT_IF_ANY
                : ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static boolean hasFile(ClassLoader loader) {
        return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
                || Stream.of(ClassicConstants.TEST_AUTOCONFIG_FILE, ClassicConstants.AUTOCONFIG_FILE)
                        .anyMatch(name -> loader.getResource(name) != null);
    }
}
