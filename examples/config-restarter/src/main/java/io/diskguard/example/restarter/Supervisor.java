/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileState;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what happened into one queue, and lets one thread act on it: {@link #run} is that thread, everything else may be called from
 * any.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    /** Between two looks at a group that is ending: a process outside of it may reap its last one, which nobody tells us. */
    private static final long LOOK_MILLIS = 50;

    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Options options;
    private final Processes processes;
    private final Supplier<FileState> file;
    private final Ticker ticker;
    private final Lifecycle lifecycle;

    private Phase phase = new Phase.Waiting();
    private int child;
    private long deadline;
    /** What the child has been given: read right before it was started, or told to it by a signal. */
    private Optional<ByteBuffer> given = Optional.empty();

    /** @param file looks at the file now */
    Supervisor(Options options, Processes processes, Supplier<FileState> file, Ticker ticker) {
        this.options = options;
        this.processes = processes;
        this.file = file;
        this.ticker = ticker;
        this.lifecycle = new Lifecycle(options.reload());
    }

    void tell(Event event) {
        inbox.add(() -> on(event));
    }

    /** A child of this process was reaped. */
    void ended(int process, int code) {
        inbox.add(() -> {
            if (process == child) {
                LOG.info("process {} ended with {}", process, code);
                on(new Event.Ended(code));
            } else {
                LOG.debug("reaped {}, which ended with {}", process, code);
            }
        });
    }

    /** The file is like this now; told again what the child has been given already, nothing happens. */
    void told(FileState state) {
        inbox.add(() -> {
            if (state instanceof FileState.Present present) {
                var content = Optional.of(present.content());
                if (!content.equals(given)) {
                    LOG.info("{} has other content", options.config());
                    given = content;
                    on(new Event.Changed());
                }
            } else {
                LOG.info("{} {}: the child is left alone", options.config(), why(state));
            }
        });
    }

    private static String why(FileState state) {
        if (state instanceof FileState.Absent) {
            return "is not there";
        } else if (state instanceof FileState.Unreadable unreadable) {
            return "cannot be read (" + unreadable.reason() + ")";
        }
        return "is too long";
    }

    /** Until the child has ended for good, and all of its group. Returns what to exit with. */
    int run() throws InterruptedException {
        try {
            while (!(phase instanceof Phase.Done)) {
                var next =
                        phase instanceof Phase.Ending ? inbox.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS) : inbox.take();
                if (next != null) {
                    next.run();
                }
                look();
            }
        } finally {
            if (child > 0 && !(phase instanceof Phase.Done)) {
                processes.signalGroup(child, SIGKILL);
            }
        }
        return ((Phase.Done) phase).code();
    }

    private void look() {
        if (phase instanceof Phase.Ending && !processes.isGroupThere(child)) {
            on(new Event.Gone());
        }
        if (phase instanceof Phase.Ending && ticker.nanos() - deadline >= 0) {
            on(new Event.Deadline());
        }
    }

    private void on(Event event) {
        LOG.debug("{} while {}", event, phase);
        var step = lifecycle.on(phase, event);
        phase = step.next();
        step.actions().forEach(this::act);
    }

    private void act(Action action) {
        if (action instanceof Action.Spawn) {
            spawn();
        } else if (action instanceof Action.Terminate) {
            signalGroup(SIGTERM);
        } else if (action instanceof Action.Kill) {
            LOG.warn(
                    "process group {} is still there {} ms after the last signal: SIGKILL",
                    child,
                    options.grace().toMillis());
            signalGroup(SIGKILL);
        } else if (action instanceof Action.Pass pass) {
            LOG.info("signal {} to process {}", pass.signal(), child);
            processes.signal(child, pass.signal());
        }
    }

    private void spawn() {
        var now = file.get();
        given = now instanceof FileState.Present present ? Optional.of(present.content()) : Optional.empty();
        try {
            child = processes.start(options.command());
            LOG.info("started {} as process {}", options.command().get(0), child);
        } catch (Processes.CannotStartException e) {
            LOG.error("cannot start {}: {}", options.command().get(0), e.getMessage());
            on(new Event.CannotStart(e.code()));
        }
    }

    private void signalGroup(int signal) {
        deadline = ticker.nanos() + options.grace().toNanos();
        var sent = processes.signalGroup(child, signal);
        if (!sent && isAlive()) {
            processes.signal(child, signal); // It has moved itself into another group
        }
        LOG.debug("signal {} to group {}: {}", signal, child, sent ? "sent" : "nobody there");
    }

    private boolean isAlive() {
        return phase instanceof Phase.Ending ending && ending.code().equals(OptionalInt.empty());
    }
}
