/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the supervisor was asked for. Immutable.
 *
 * @param reload signal that tells the child of a change; without one it is restarted
 * @param waitForFile whether the child is started only once the file is there
 */
record Options(
        Path config,
        Duration grace,
        Duration debounce,
        Duration poll,
        OptionalInt reload,
        boolean waitForFile,
        boolean debug,
        List<String> command) {
    Options {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no command");
        }
    }
}
