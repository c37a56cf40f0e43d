/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.churn.Daemon;
import io.diskguard.e2e.churn.Waiting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The agent that is killed and started again, and now and then a second one beside it. Not thread-safe. */
final class Agents implements AutoCloseable {
    private final Daemon agent;
    private final Daemon second;
    private final Clock clock;
    private final Waiting waiting;
    private final Journal journal;
    private final Random random;
    private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
    private final List<String> odd = new ArrayList<>();
    private Instant started = Instant.EPOCH;
    private int starts;
    private int seconds;
    private int tooLate;

    Agents(Path work, List<String> command, Clock clock, Waiting waiting, Journal journal, Random random) {
        agent = new Daemon(work, "agent", command);
        second = new Daemon(work, "second", command);
        this.clock = clock;
        this.waiting = waiting;
        this.journal = journal;
        this.random = random;
    }

    void start() {
        agent.start();
        starts++;
        started = clock.instant();
        journal.note("agent " + agent.pid() + " is started");
    }

    /** When the present one was. */
    Instant started() {
        return started;
    }

    /** At any time within that time. */
    void kill(Phase phase, Duration within) {
        waiting.pause(random(within));
        if (!agent.isAlive()) {
            tooLate++;
            if (phase != Phase.SHUTDOWN) {
                odd.add("the agent ended by itself, in " + phase + ", kill " + total());
            }
        }
        agent.kill();
        kills.merge(phase, 1, Integer::sum);
        journal.note("kill " + total() + ", " + phase);
    }

    /** To end in peace. */
    void tell() {
        agent.tell();
    }

    /** Its exit status. */
    int stop() {
        return agent.stop();
    }

    /** One that is refused, as there is one. */
    void rival(Duration within) {
        startSecond();
        endSecond(within);
    }

    void startSecond() {
        seconds++;
        journal.note("a second agent is started");
        second.start();
    }

    /** If it has not ended before. */
    void endSecond(Duration within) {
        waiting.pause(random(within));
        if (second.isAlive()) {
            second.kill();
        } else if (second.stop() == 0) {
            odd.add("a second agent ended with status 0, and nobody told it to end");
        }
        journal.note("the second agent has ended");
    }

    /** How often one was killed. */
    int total() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What they did that they must not. */
    List<String> odd() {
        return List.copyOf(odd);
    }

    @Override
    public String toString() {
        return "kills: " + kills + " (" + tooLate + " after its end); " + starts + " starts, " + seconds
                + " second agents";
    }

    @Override
    public void close() {
        agent.close();
        second.close();
    }

    private Duration random(Duration most) {
        return most.multipliedBy(random.nextInt(1000)).dividedBy(1000);
    }
}
