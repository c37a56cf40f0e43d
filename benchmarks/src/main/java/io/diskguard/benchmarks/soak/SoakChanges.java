/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import io.diskguard.e2e.churn.Actor;
import io.diskguard.e2e.churn.Checker;
import io.diskguard.e2e.churn.Report;
import io.diskguard.e2e.churn.Server;
import io.diskguard.e2e.churn.Waiting;
import io.diskguard.e2e.churn.World;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What happens: pods five times a second, the configuration each 20 s, the API server each few minutes. Not thread-safe. */
final class SoakChanges {
    private static final Duration EACH = Duration.ofMillis(200);
    private static final Duration CONFIGURE_EACH = Duration.ofSeconds(20);
    /** Noticed within 5 s, it counts 3 s later at the latest, and then is applied. */
    private static final Duration CONFIGURED_WITHIN = Duration.ofSeconds(15);
    /** An agent tries again after thirty seconds at the latest. */
    private static final Duration HEARD_AGAIN = Duration.ofSeconds(60);

    private static final Duration CUT_WITHIN = Duration.ofSeconds(3);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final int BROKEN_EACH = 7;
    /** Of disturbances. */
    static final int KINDS = 3;

    private final SoakProcesses processes;
    private final Checker checker;
    private final Actor actor;
    private final Waiting waiting;
    private final ProcessorWaits waits;
    private final Clock clock;
    private final Report report;
    private int changes;
    private int configurations;
    private int number;
    private int broken;
    private int disturbances;
    private int outages;

    SoakChanges(
            SoakProcesses processes,
            Checker checker,
            Actor actor,
            Waiting waiting,
            ProcessorWaits waits,
            Clock clock,
            Report report) {
        this.processes = processes;
        this.checker = checker;
        this.actor = actor;
        this.waiting = waiting;
        this.waits = waits;
        this.clock = clock;
        this.report = report;
    }

    int changes() {
        return changes;
    }

    int configurations() {
        return configurations;
    }

    int broken() {
        return broken;
    }

    int disturbances() {
        return disturbances;
    }

    int outages() {
        return outages;
    }

    /** So that what a process makes when it first needs it is there. */
    void eachOnce(World world) throws IOException {
        for (var i = 0; i < KINDS; i++) {
            configure();
            churn(world, clock.instant().plusSeconds(5));
            disturb(world);
            churn(world, clock.instant().plusSeconds(5));
        }
        processes.misconfigure(0);
        waiting.pause(Duration.ofSeconds(5));
        firstConfiguration();
    }

    void run(World world, Duration length) throws IOException {
        var end = clock.instant().plus(length);
        var disturbEach = Duration.ofSeconds(Math.min(150, Math.max(40, length.toSeconds() / KINDS / 2)));
        var nextDisturbance = clock.instant().plus(disturbEach);
        var nextConfiguration = clock.instant().plus(CONFIGURE_EACH);
        while (clock.instant().isBefore(end)) {
            var next = nextDisturbance.isBefore(nextConfiguration) ? nextDisturbance : nextConfiguration;
            churn(world, next.isBefore(end) ? next : end);
            if (!clock.instant().isBefore(nextConfiguration)) {
                configure();
                nextConfiguration = clock.instant().plus(CONFIGURE_EACH);
            }
            if (!clock.instant().isBefore(nextDisturbance)) {
                disturb(world);
                nextDisturbance = clock.instant().plus(disturbEach);
            }
        }
    }

    /** As many pods of the same shapes, with the first configuration. */
    void firstState(World world, World shapes) throws IOException {
        actor.sweep(true);
        firstConfiguration();
        world.pods().forEach(pod -> actor.remove(pod, false));
        shapes.pods().forEach(pod -> actor.make(pod, false));
    }

    private void churn(World world, Instant until) {
        for (var next = clock.instant(); next.isBefore(until); next = next.plus(EACH)) {
            waiting.until(next);
            actor.perform(world.next());
            changes++;
            // what could not be done in time is left out
            next = next.isBefore(clock.instant().minus(EACH)) ? clock.instant() : next;
        }
    }

    private void configure() throws IOException {
        configurations++;
        if (configurations % BROKEN_EACH == 0) {
            broken++;
            processes.misconfigure(broken);
            return;
        }
        number++;
        checker.configure(SoakConfig.iops(number), CONFIGURED_WITHIN);
        processes.configure(number);
    }

    private void firstConfiguration() throws IOException {
        checker.configure(SoakConfig.FIRST, CONFIGURED_WITHIN);
        processes.configure(0);
    }

    private void disturb(World world) throws IOException {
        var server = watched(world);
        switch (disturbances++ % KINDS) {
            case 0 -> outage(world, Duration.ofSeconds(outages % 2 == 0 ? 15 : 40));
            case 1 -> cut(server);
            default -> server.control("expire");
        }
        waiting.pause(QUIET);
    }

    /** Every connection, this one too. */
    private void cut(Server server) {
        server.control("cut");
        waiting.pause(CUT_WITHIN);
        actor.serverIsBack(processes.connect());
    }

    /** Only what is open can be broken. */
    private Server watched(World world) {
        var server = processes.server();
        var since = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        while (server.watches() == 0) {
            var time = TimeUnit.MILLISECONDS.toNanos(clock.millis()) - since - waits.excuse(since);
            if (time > HEARD_AGAIN.toNanos()) {
                report.check("the agent watches again within " + HEARD_AGAIN.toSeconds() + " s", false, true);
                break;
            }
            churn(world, clock.instant().plus(EACH));
        }
        waiting.pause(QUIET);
        return server;
    }

    /** Pods cannot be changed meanwhile, but containers come and go. */
    private void outage(World world, Duration time) throws IOException {
        outages++;
        var back = clock.instant().plus(time);
        actor.serverIsAway();
        processes.killServer();
        for (var next = clock.instant(); next.isBefore(back); next = next.plus(EACH)) {
            waiting.until(next);
            actor.perform(world.restart());
            changes++;
        }
        actor.serverIsBack(processes.startServer());
    }
}
