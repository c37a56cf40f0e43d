/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"diskguard " + version()};
    }

    static String version() {
        var properties = new Properties();
        try (var in = VersionProvider.class.getResourceAsStream("/io/diskguard/agent/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
