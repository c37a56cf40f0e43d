/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the jar. */
public final class Version {
    private Version() {}

    /** {@code 1.2.3}. */
    public static String text() {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("/io/diskguard/agent/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
