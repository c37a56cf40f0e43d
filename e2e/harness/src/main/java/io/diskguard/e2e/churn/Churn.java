/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run: the API server, the agent and the checker side by side, changes at an even pace, and what disturbs them. */
final class Churn implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long DEFAULT_IOPS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofMillis(500);
    /** An agent tries again after thirty seconds at the latest. */
    private static final Duration HEARD_AGAIN = Duration.ofSeconds(60);
    /** The agent writes its snapshot each five seconds. */
    private static final Duration WRITTEN = Duration.ofSeconds(7);

    private final Settings settings;
    private final Clock clock = Clock.systemUTC();
    private final Waiting waiting = new Waiting(clock);
    private final Report report;
    private final Path api;
    private final ApiServer apiServer;
    private final Daemon agent;
    private final Node node;
    private final World world;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final List<Long> disturbances = new ArrayList<>();
    private int expiries;
    private int changes;

    /** @param root where {@code kubepods} is made; @param disk {@code MAJ:MIN} */
    record Settings(Path root, String disk, Path work, int minutes, int pods, long seed, List<String> agent) {}

    private record Disturbance(double at, Runnable what) {}

    Churn(Settings settings, Report report) {
        this.settings = settings;
        this.report = report;
        apiServer = new ApiServer(settings.work(), waiting);
        api = apiServer.directory();
        agent = new Daemon(settings.work(), "agent", settings.agent());
        node = new Node(settings.root(), settings.disk());
        world = new World("churn-node", settings.pods(), settings.seed());
    }

    void run() {
        var server = apiServer.start();
        try (var reached = new Reached(api.resolve("sent.jsonl"))) {
            var checker = new Checker(node, reached, clock, new Terms(GRACE, DEFAULT_IOPS));
            var actor = new Actor(node, checker, clock, waiting);
            actor.serverIsBack(server);
            world.pods().forEach(actor::seed);
            startAgent(checker);
            var looking = new Thread(() -> look(checker), "checker");
            looking.setUncaughtExceptionHandler((thread, problem) -> broken.set(problem));
            looking.start();
            change(checker, actor);
            end(checker, actor);
            ended.set(true);
            join(looking);
            report.check("the checker looked until the end", String.valueOf(broken.get()), "null");
            tell(checker);
        }
    }

    private void startAgent(Checker checker) {
        var start = clock.instant();
        agent.start();
        if (!waiting.until(PATIENCE, () -> checker.unequal().isEmpty())) {
            checker.unequal().stream().limit(5).forEach(report::say);
            throw new IllegalStateException("the agent does not set the limits");
        }
        report.say("agent started: " + checker.size() + " containers of " + settings.pods() + " pods right after "
                + Duration.between(start, clock.instant()).toMillis() + " ms");
        world.pods().forEach(pod -> node.cgroups(pod).forEach(cgroup -> checker.told(cgroup, 1)));
    }

    private void look(Checker checker) {
        while (!ended.get()) {
            checker.look();
            waiting.pause(Duration.ofMillis(4));
        }
    }

    private void change(Checker checker, Actor actor) {
        var length = Duration.ofMinutes(settings.minutes());
        var count = settings.minutes() * settings.pods() / 5;
        var start = clock.instant();
        Queue<Disturbance> todo = new ArrayDeque<>(List.of(
                new Disturbance(0.08, () -> disturb("cut")),
                new Disturbance(0.18, () -> outage(Duration.ofSeconds(5), actor, () -> restarts(actor))),
                new Disturbance(0.33, () -> disturb("expire")),
                new Disturbance(0.45, () -> outage(Duration.ofSeconds(30), actor, () -> restartAgent(checker))),
                new Disturbance(0.66, () -> disturb("expire")),
                new Disturbance(0.74, () -> disturb("cut")),
                new Disturbance(0.80, () -> outage(Duration.ofSeconds(15), actor, () -> restarts(actor)))));
        for (var i = 0; i < count; i++) {
            var at = (double) i / count;
            while (!todo.isEmpty() && todo.element().at() <= at) {
                todo.remove().what().run();
            }
            waiting.until(start.plus(length.multipliedBy(i).dividedBy(count)));
            actor.perform(world.next());
            changes++;
        }
    }

    /** Only what is open can be broken. */
    private Server watched() {
        var server = new Server(api);
        report.require("the agent watches again", waiting.until(HEARD_AGAIN, () -> server.watches() > 0));
        waiting.pause(QUIET);
        return server;
    }

    private void disturb(String how) {
        var server = watched();
        disturbances.add(nanos(clock.instant()));
        server.control(how);
        if (how.equals("expire")) {
            expiries++;
        }
        waiting.pause(QUIET);
    }

    private void outage(Duration time, Actor actor, Runnable meanwhile) {
        watched();
        var back = clock.instant().plus(time);
        actor.serverIsAway();
        apiServer.kill();
        meanwhile.run();
        waiting.until(back);
        var server = apiServer.start();
        disturbances.add(nanos(clock.instant()));
        actor.serverIsBack(server);
    }

    private void restarts(Actor actor) {
        for (var i = 0; i < 3; i++) {
            actor.perform(world.restart());
            changes++;
            waiting.pause(QUIET);
        }
    }

    /** With a limit that somebody lifts meanwhile: only the snapshot can say what it must be. */
    private void restartAgent(Checker checker) {
        waiting.pause(WRITTEN);
        agent.kill();
        var limited = checker.anyLimited();
        checker.forget(limited.cgroup);
        node.lift(limited.cgroup, Limits.FILES.get(1));
        agent.start();
        report.check(
                "an agent started while the API server is away restores a limit that was lifted",
                waiting.until(Duration.ofSeconds(20), () -> node.read(limited.cgroup).stream()
                        .anyMatch(limited.expected()::equals)),
                true);
        checker.track(limited);
    }

    private void end(Checker checker, Actor actor) {
        waiting.pause(Duration.ofSeconds(4));
        actor.sweep(true);
        waiting.until(PATIENCE, () -> checker.unequal().isEmpty());
        waiting.pause(GRACE.multipliedBy(2));
    }

    private void tell(Checker checker) {
        report.say(changes + " changes in " + settings.minutes() + " minutes; " + checker.looks()
                + " looks at the four limits of a container");
        report.latencies(checker.latencies());
        var again = heardAgain(checker.watches());
        report.say("milliseconds until the agent watched again after each disturbance: " + again);
        report.check("the API server was killed", apiServer.deaths(), 3);
        report.check("watches expired", expiries, 2);
        report.check("the agent was killed", agent.deaths(), 1);
        report.none("limits wrong for longer than a second, or lifted or changed by an outage", checker.wrong());
        report.none(
                "limits that are not exactly right in the end, of " + checker.size() + " containers",
                checker.unequal());
        var writes = Writes.of(lines(api.resolve("writes.jsonl")));
        report.say("requests of the agent that change something: " + writes.counts());
        report.none("writes of the agent to anything but events and its own annotations", writes.others());
        report.none("annotations of others that are not as the others left them", annotations());
        report.check("the agent is alive", agent.isAlive(), true);
        report.check("and ends when it is told to", agent.stop(), 0);
        report.none("limits changed by that", checker.unequal());
    }

    /** -1: never. */
    private List<Long> heardAgain(List<Long> watches) {
        return disturbances.stream()
                .map(from -> watches.stream()
                        .filter(at -> at >= from)
                        .findFirst()
                        .map(at -> TimeUnit.NANOSECONDS.toMillis(at - from))
                        .orElse(-1L))
                .toList();
    }

    private List<String> annotations() {
        var actual = new TreeMap<String, String>();
        for (var pod : new Server(api).pods()) {
            var texts = new TreeMap<String, String>();
            pod.path("metadata")
                    .path("annotations")
                    .properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
            actual.put(pod.path("metadata").path("uid").asText(), texts.toString());
        }
        var wrong = new ArrayList<String>();
        for (var pod : world.pods()) {
            var expected = new TreeMap<>(pod.annotations()).toString();
            var found = actual.remove(pod.uid());
            if (!expected.equals(found)) {
                wrong.add(pod.name() + " has " + found + ", expected " + expected);
            }
        }
        actual.forEach((uid, texts) -> wrong.add("unknown pod " + uid));
        return wrong;
    }

    @Override
    public void close() {
        agent.close();
        apiServer.close();
    }

    private static List<com.fasterxml.jackson.databind.JsonNode> lines(Path file) {
        return read(file).lines().map(Json::read).toList();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
