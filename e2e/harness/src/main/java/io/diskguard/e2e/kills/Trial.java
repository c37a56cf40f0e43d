/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.churn.ApiServer;
import io.diskguard.e2e.churn.Daemon;
import io.diskguard.e2e.churn.Report;
import io.diskguard.e2e.churn.Waiting;
import io.diskguard.model.CgroupPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run: an agent that is killed, everything that changes meanwhile, and the sampler that looks at it. */
final class Trial implements AutoCloseable {
    private static final String NODE = "kills-node";
    private static final int TOLD_EACH = 20;
    private static final Duration EACH = Duration.ofMillis(4);
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** It takes half of the shortest window that the agent takes: half a minute. */
    private static final Duration DECIDED = Duration.ofMinutes(3);

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Options options;
    private final Report report;
    private final Clock clock = Clock.systemUTC();
    private final Waiting waiting = new Waiting(clock);
    private final Journal journal = new Journal(clock);
    private final Random random;
    private final Kernel kernel;
    private final Sampler sampler;
    private final ApiServer server;
    private final Agents agents;
    private final Words words = new Words();
    private final ConfigFile config;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final Timings convergences = new Timings();
    private final Timings clearings = new Timings();
    private final List<String> late = new ArrayList<>();
    private Optional<Daemon> load = Optional.empty();
    private int aways;

    Trial(Options options, Report report) {
        this.options = options;
        this.report = report;
        random = new Random(options.seed() + 1);
        kernel = new Kernel(options.version(), options.root(), options.disk());
        var work = options.work();
        server = new ApiServer(work, waiting);
        config = new ConfigFile(
                work.resolve("config.yaml"),
                work.resolve("state"),
                options.device(),
                options.viaServer()
                        ? List.of(
                                "node_name: " + NODE,
                                "kubeconfig_path: " + server.directory().resolve("kubeconfig"))
                        : List.of());
        var settings = words.settings(0);
        config.write(settings);
        sampler = new Sampler(kernel, clock, journal, settings);
        agents = new Agents(work, options.command(config.file()), clock, waiting, journal, random);
    }

    void run() {
        PodBook book = options.viaServer() ? new ServerBook(server.start()) : new DirectoryBook(options.manifests());
        var scene =
                new Scene(new Scene.Parts(kernel, sampler, book, journal, clock, config, words, NODE, options.seed()));
        scene.furnish(options.pods());
        var quiet = scene.quiet();
        if (options.viaServer()) {
            scene.remember();
        }
        report.say("seed " + options.seed() + ", " + sampler.size() + " cgroups of " + options.pods()
                + " pods and more, cgroup v" + options.version());
        var looking = new Thread(this::look, "sampler");
        looking.setUncaughtExceptionHandler((thread, problem) -> broken.set(problem));
        looking.start();
        agents.start();
        converge(agents.started());
        if (options.load()) {
            decide(scene, quiet);
        }
        while (agents.total() < options.times() && late.isEmpty() && broken.get() == null) {
            once(scene);
            if (agents.total() % TOLD_EACH == 0) {
                report.say(agents.total() + " kills");
            }
        }
        end(scene, quiet);
        ended.set(true);
        join(looking);
        tell();
    }

    private void look() {
        while (!ended.get()) {
            sampler.look();
            waiting.pause(EACH);
        }
    }

    /** The load is limited, and the agent killed right after. */
    private void decide(Scene scene, PodTemplate quiet) {
        var cgroup = PodShapes.cgroups(quiet).get(0);
        var noisy = new Daemon(options.work(), "load", Processes.load(kernel.directory(cgroup), options.device()));
        load = Optional.of(noisy);
        noisy.start();
        scene.load(quiet);
        var begin = clock.instant();
        var decided = waiting.until(DECIDED, () -> sampler.isRight(cgroup));
        report.check("its load limits a container", decided, true);
        report.say("after " + Duration.between(begin, clock.instant()).toMillis() + " ms");
        agents.kill(Phase.DECISION, Duration.ofMillis(50));
        agents.start();
    }

    private void once(Scene scene) {
        var phase = Phase.next(random);
        switch (phase) {
            case STARTUP -> {
                if (random.nextBoolean()) {
                    scene.change();
                }
                agents.kill(phase, startup().multipliedBy(6).dividedBy(5));
            }
            case STEADY -> steady(scene);
            case RELOAD -> {
                rest(scene);
                scene.configure();
                agents.kill(phase, Duration.ofMillis(1500));
            }
            default -> {
                rest(scene);
                changes(scene, random.nextInt(3));
                agents.tell();
                agents.kill(phase, Duration.ofMillis(300));
            }
        }
        if (random.nextInt(4) == 0) {
            away(scene);
        }
        agents.start();
    }

    private void steady(Scene scene) {
        rest(scene);
        var beside = random.nextInt(6);
        if (beside == 0) {
            agents.rival(startup().multipliedBy(2));
        }
        changes(scene, 1 + random.nextInt(4));
        if (beside == 1) {
            agents.startSecond();
        }
        agents.kill(Phase.STEADY, Duration.ofMillis(400));
        if (beside == 1) {
            agents.endSecond(startup().multipliedBy(2));
        }
    }

    /** Nobody is there while things change. */
    private void away(Scene scene) {
        aways++;
        changes(scene, random.nextInt(4));
        if (random.nextInt(3) == 0) {
            scene.configure();
        }
        if (random.nextInt(3) == 0) {
            scene.leaveMarked(random.nextBoolean());
        }
        waiting.pause(Duration.ofMillis(random.nextInt(500)));
    }

    private void changes(Scene scene, int count) {
        for (var i = 0; i < count; i++) {
            scene.change();
        }
    }

    /** So long it takes today. */
    private Duration startup() {
        return convergences.typical(FIRST);
    }

    /** Until the agent is up, and everything is right. */
    private void rest(Scene scene) {
        scene.ask();
        converge(agents.started());
        if (random.nextInt(4) == 0) {
            settle();
        }
        scene.sweep();
    }

    /** Nothing of before is to be heard of any more. */
    private void settle() {
        waiting.pause(QUIET);
        waitUntilRight();
        sampler.settle();
    }

    private void converge(Instant from) {
        if (!waiting.until(options.bound(), sampler::isRightForPods)) {
            late.addAll(sampler.notRight());
            return;
        }
        convergences.add(Duration.between(from, clock.instant()));
        if (waitUntilRight()) {
            clearings.add(Duration.between(from, clock.instant()));
            journal.note("all is as it must be");
        }
    }

    private boolean waitUntilRight() {
        var right = waiting.until(options.bound(), sampler::isRight);
        if (!right) {
            late.addAll(sampler.notRight());
        }
        return right;
    }

    private void end(Scene scene, PodTemplate quiet) {
        scene.ask();
        converge(agents.started());
        settle();
        waiting.pause(QUIET);
        report.none("limits that are not right in the end, of " + sampler.size() + " cgroups", sampler.notRight());
        report.none("marks that do not say what the kernel has", sampler.marksNotRight());
        report.check("the last agent ends when it is told to", agents.stop(), 0);
        waiting.pause(QUIET);
        report.none("limits changed by that", sampler.notRight());
        report.none(
                "files in its directory that are not whole, or should not be there, or are not",
                StateDirectory.problems(config.stateDir(), options.viaServer() ? List.of("pods.json") : List.of()));
        if (options.viaServer()) {
            report.none(
                    "annotations written without need, or not at all",
                    Patches.problems(server.directory(), options.load() ? List.of(quiet.name()) : List.of()));
        }
    }

    private void tell() {
        report.say(agents + ", " + aways + " times nobody was there for a while");
        report.say(sampler.looks() + " looks at the limits of a container, " + sampler.changes() + " changes and "
                + sampler.writes() + " writes seen");
        report.say("milliseconds from a start until all limits of pods are right: " + convergences);
        report.say("and until all is taken back from pods that are gone: " + clearings);
        report.check("the sampler looked until the end", String.valueOf(broken.get()), "null");
        report.check("kills", agents.total(), options.times());
        report.none("agents that did what they must not", agents.odd());
        report.none("cgroups not right within " + options.bound().toMillis() + " ms", late);
        report.none("wrong limits, seed " + options.seed(), sampler.wrong());
        if (!late.isEmpty() || !sampler.wrong().isEmpty() || !agents.odd().isEmpty()) {
            report.say("the agent's log:");
            Processes.tail(options.work().resolve("agent.log")).forEach(report::say);
        }
    }

    @Override
    public void close() {
        ended.set(true);
        agents.close();
        load.ifPresent(Daemon::close);
        server.close();
        sampler.close();
        waiting.until(Duration.ofSeconds(5), () -> {
            kernel.removeAll(new CgroupPath("/kubepods"));
            kernel.removeAll(Scene.OUTSIDE);
            return !kernel.exists(new CgroupPath("/kubepods"));
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
