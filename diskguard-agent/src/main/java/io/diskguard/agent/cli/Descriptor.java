/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Files;

/** The standard streams of this process. */
enum Descriptor {
    IN,
    OUT,
    ERR;

    /** Whether it is open on one; where nothing tells, it is none. */
    boolean isTerminal(Environment environment) {
        var target = target(environment);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    /** Whether it is one that has no speed, which JLine sets to 0 together with the rest: a serial line would hang up. */
    boolean isWindow(Environment environment) {
        return target(environment).matches("/dev/(pts/|tty)\\d+");
    }

    private String target(Environment environment) {
        try {
            var link = environment.paths().proc().resolve("self/fd/" + ordinal());
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
