/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.node.NodeWatch;
import io.diskguard.agent.node.StopSignal;
import io.diskguard.spi.Environment;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rates of a node's containers against their limits, looked at again and again. Immutable.
 *
 * @param sort one of {@link #columns}
 * @param ascii without block characters
 */
public record Top(
        Duration interval,
        String sort,
        boolean reversed,
        Optional<String> namespace,
        boolean onlyLimited,
        boolean ascii) {
    /** @throws IllegalArgumentException if there is no such column */
    public Top {
        if (!columns().contains(sort)) {
            throw new IllegalArgumentException("no column " + sort);
        }
    }

    /** By which rows can be sorted. */
    public static List<String> columns() {
        return Columns.ids();
    }

    /** Whether a terminal of that kind can be drawn on. */
    public static boolean canDrawOn(Environment environment) {
        return Ansi.of(environment.variables()).isThere();
    }

    /** Prints a reading each interval, as text or as a line of JSON, until there were so many or the end is asked for. */
    public void print(NodeWatch node, PrintWriter out, boolean json, OptionalInt count, StopSignal stop)
            throws InterruptedException {
        var sampler = new Sampler(node, interval);
        var view = view();
        var isFirst = new boolean[] {true};
        new Batch(sampler::read, node.environment().ticker(), stop::await, interval).run(count, reading -> {
            out.print(!isFirst[0] && !json ? "\n" : "");
            isFirst[0] = false;
            out.print(json ? JsonLine.of(reading, view::shows) : PlainText.of(reading, view, ascii));
            return !out.checkError();
        });
    }

    /**
     * Draws on the terminal until the end is asked for.
     *
     * @param in keys, as the terminal sends them
     * @return why it could not be drawn on, and nothing was done; empty where it was
     */
    public Optional<String> draw(NodeWatch node, InputStream in, StopSignal stop) throws InterruptedException {
        var ansi = Ansi.of(node.environment().variables());
        try (var screen = TerminalScreen.open(ansi, in, stop)) {
            var sampler = new Sampler(node, interval);
            var ticker = node.environment().ticker();
            new Interactive(sampler::read, screen, ascii || ansi.ascii(), ticker, stop, interval).run(view());
            return Optional.empty();
        } catch (ScreenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private View view() {
        var sorted = View.FIRST.sortMoved(Columns.named(sort).orElseThrow());
        return (reversed ? sorted.reversed() : sorted).namespace(namespace).onlyLimited(onlyLimited);
    }
}
