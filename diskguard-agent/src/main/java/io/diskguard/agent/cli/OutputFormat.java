/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.util.Locale;

/** How data is written to standard output. */
enum OutputFormat {
    TEXT,
    JSON;

    /** As it is said on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
