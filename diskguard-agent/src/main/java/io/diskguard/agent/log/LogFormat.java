/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import java.util.Locale;

/** How log lines are written. */
public enum LogFormat {
    /** For a person: time, level, logger, message. */
    TEXT,
    /** One JSON object a line. */
    JSON;

    /** As it is said on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
