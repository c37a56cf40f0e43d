/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.util.List;
import java.util.OptionalInt;

/**
 * What follows from what: a function without clock, process or file. Immutable.
 *
 * @param reload signal that tells the child of a change; without one it is restarted
 */
record Lifecycle(OptionalInt reload) {
    private static final int KILLED = 128 + 9;

    /** Where an event leads, and what is done about it, in order. */
    record Step(Phase next, List<Action> actions) {}

    Step on(Phase phase, Event event) {
        if (phase instanceof Phase.Waiting) {
            return waiting(phase, event);
        } else if (phase instanceof Phase.Running) {
            return running(phase, event);
        } else if (phase instanceof Phase.Ending ending) {
            return ending(ending, event);
        }
        return stay(phase);
    }

    private static Step waiting(Phase phase, Event event) {
        if (event instanceof Event.Start || event instanceof Event.Changed) {
            return spawn();
        } else if (event instanceof Event.Stop stop) {
            return stay(new Phase.Done(128 + stop.signal()));
        }
        return stay(phase);
    }

    private Step running(Phase phase, Event event) {
        if (event instanceof Event.Changed) {
            return reload.isPresent()
                    ? new Step(phase, List.of(new Action.Pass(reload.getAsInt())))
                    : end(true, OptionalInt.empty());
        } else if (event instanceof Event.Stop) {
            return end(false, OptionalInt.empty());
        } else if (event instanceof Event.Ended ended) {
            return end(false, OptionalInt.of(ended.code()));
        } else if (event instanceof Event.Received received) {
            return new Step(phase, List.of(new Action.Pass(received.signal())));
        } else if (event instanceof Event.CannotStart failed) {
            return stay(new Phase.Done(failed.code()));
        }
        return stay(phase);
    }

    private static Step ending(Phase.Ending phase, Event event) {
        if (event instanceof Event.Ended ended) {
            return stay(new Phase.Ending(phase.restart(), phase.killed(), OptionalInt.of(ended.code())));
        } else if (event instanceof Event.Stop) {
            return stay(new Phase.Ending(false, phase.killed(), phase.code()));
        } else if (event instanceof Event.Gone && phase.code().isPresent()) {
            return phase.restart() ? spawn() : stay(new Phase.Done(phase.code().getAsInt()));
        } else if (event instanceof Event.Deadline) {
            // What SIGKILL does not end hangs in the kernel: never start beside it, but never refuse to exit either.
            return phase.killed() && !phase.restart()
                    ? stay(new Phase.Done(phase.code().orElse(KILLED)))
                    : new Step(new Phase.Ending(phase.restart(), true, phase.code()), List.of(new Action.Kill()));
        }
        return stay(phase);
    }

    private static Step spawn() {
        return new Step(new Phase.Running(), List.of(new Action.Spawn()));
    }

    private static Step end(boolean restart, OptionalInt code) {
        return new Step(new Phase.Ending(restart, false, code), List.of(new Action.Terminate()));
    }

    private static Step stay(Phase phase) {
        return new Step(phase, List.of());
    }
}
