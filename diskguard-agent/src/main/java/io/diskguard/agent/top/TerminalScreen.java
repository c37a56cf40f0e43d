/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.agent.node.StopSignal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal of this process, through JLine: raw mode, the alternate screen, no cursor. It is left as it was found, also where
 * the process is ended by a signal. Drawing is for one thread; closing for any.
 */
final class TerminalScreen implements Screen {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";
    private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final Size UNKNOWN = new Size(80, 24);
    private static final Duration LOOK = Duration.ofMillis(25);

    private final Terminal terminal;
    private final Attributes found;
    /** Written past JLine, which closes what it has as soon as the process is to end. */
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private final Ansi ansi;
    private final KeyReader keys;
    private final Thread hook = new Thread(this::leave, "diskguard-screen");
    private volatile Size drawn = new Size(1, 1);
    private List<String> before = List.of();
    private boolean left;

    private TerminalScreen(Terminal terminal, Ansi ansi, InputStream in, StopSignal stop) {
        this.terminal = terminal;
        this.ansi = ansi;
        this.keys = new KeyReader(atMost -> read(in, stop, atMost));
        this.found = terminal.enterRawMode();
        // Who stops a program in raw mode gets a shell that cannot be used
        var raw = terminal.getAttributes();
        raw.setControlChar(Attributes.ControlChar.VSUSP, 0);
        terminal.setAttributes(raw);
        Runtime.getRuntime().addShutdownHook(hook);
        write(ENTER);
    }

    /** @throws ScreenException if it cannot be drawn on, or what JLine unpacks cannot be used */
    static Screen open(Ansi ansi, InputStream in, StopSignal stop) throws ScreenException {
        try {
            // Named as a type that JLine knows: of others it would ask a program
            var terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("jni")
                    .exec(false)
                    .type("xterm")
                    .dumb(false)
                    // It would take SIGINT away from who ends the process in good order
                    .nativeSignals(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build();
            return new TerminalScreen(terminal, ansi, in, stop);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new ScreenException(e);
        }
    }

    /** Never blocks: JLine gives the terminal back when the process is to end, and a read would then wait for a whole line. */
    private static int read(InputStream in, StopSignal stop, Duration atMost) throws IOException {
        try {
            for (var left = atMost; in.available() == 0; left = left.minus(LOOK)) {
                if (left.isNegative() || left.isZero() || stop.await(LOOK)) {
                    return KeyReader.Chars.NONE_YET;
                }
            }
            return in.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public Size size() {
        try {
            var size = terminal.getSize();
            return size.getColumns() > 0 && size.getRows() > 0 ? new Size(size.getColumns(), size.getRows()) : UNKNOWN;
        } catch (IllegalStateException e) {
            // Closed, as the process is ending
            return drawn;
        }
    }

    @Override
    public Optional<Key> key(Duration atMost) {
        try {
            return keys.read(atMost);
        } catch (IOException e) {
            // The window was closed, or the line broke
            return Optional.of(Key.of(Key.Kind.CLOSED));
        }
    }

    @Override
    public void show(List<Line> lines) {
        var now = lines.stream().map(ansi::text).toList();
        var text = new StringBuilder();
        var size = size();
        if (!size.equals(drawn)) {
            drawn = size;
            before = List.of();
            text.append("\u001b[2J");
        }
        for (var row = 0; row < now.size(); row++) {
            if (row >= before.size() || !now.get(row).equals(before.get(row))) {
                text.append("\u001b[")
                        .append(row + 1)
                        .append(";1H")
                        .append(now.get(row))
                        .append("\u001b[K");
            }
        }
        before = now;
        write(text.toString());
    }

    private synchronized void write(String text) {
        try {
            if (!left) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Nobody sees it any more
        }
    }

    private synchronized void leave() {
        if (!left) {
            write(LEAVE);
            left = true;
            try {
                terminal.setAttributes(found);
            } catch (IllegalStateException e) {
                // Closed by JLine, which has put them back
            }
        }
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            terminal.close();
        } catch (IllegalStateException e) {
            // The process is ending: JLine closes it, in a thread of its own that is not to be waited for
        } catch (IOException e) {
            // It is gone, and there is nothing to leave
        }
    }
}
