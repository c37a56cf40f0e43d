/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.Node;
import io.diskguard.agent.node.NodeArguments;
import io.diskguard.agent.node.NodeWatch;
import io.diskguard.agent.top.Top;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Draws on the terminal, or prints where that is asked for or there is none.
 *
 * @param prints whether it is asked for
 */
record TopSession(Console console, LogOptions log, Top top, boolean prints) {
    void run(NodeArguments arguments, Optional<Path> pods, boolean json, Optional<Integer> count)
            throws AgentException, InterruptedException {
        try (var here = Node.open(console.environment(), arguments);
                var watch = watch(here, pods)) {
            if (!isDrawn() || !draws(watch)) {
                var most = count.map(OptionalInt::of).orElseGet(OptionalInt::empty);
                top.print(watch, console.out(), json, most, console.stop());
            }
        }
    }

    private NodeWatch watch(Node here, Optional<Path> pods) throws AgentException, InterruptedException {
        var line = Underway.of(console, "waiting for the pods");
        try {
            return here.watch(pods, console.stop());
        } finally {
            line.close();
        }
    }

    private boolean isDrawn() {
        var environment = console.environment();
        return !prints
                && Descriptor.IN.isWindow(environment)
                && Descriptor.OUT.isWindow(environment)
                && Top.canDrawOn(environment);
    }

    /** The log would be written across the table: it is held back. */
    private boolean draws(NodeWatch watch) throws InterruptedException {
        var held = new ByteArrayOutputStream();
        log.applyQuietly(new PrintStream(held, true, StandardCharsets.UTF_8));
        try {
            var refused = top.draw(watch, console.in(), console.stop());
            refused.ifPresent(reason ->
                    console.err().println("diskguard: plain output, as the terminal cannot be drawn on: " + reason));
            return refused.isEmpty();
        } finally {
            log.applyQuietly(console.err());
            console.err().print(held.toString(StandardCharsets.UTF_8));
        }
    }
}
