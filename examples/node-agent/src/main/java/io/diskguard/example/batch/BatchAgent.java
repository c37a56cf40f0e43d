/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.DiskGuard;
import io.diskguard.model.LimitKey;
import io.diskguard.reconcile.Explanation;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.watch.FileState;
import io.diskguard.watch.FileWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The agent: the library's guard with this agent's jobs, configuration and threads around it. Thread-safe. */
final class BatchAgent implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;

    private final Environment environment;
    private final Path file;
    private final Consumer<String> out;
    private final Jobs jobs;
    private final DiskGuard guard;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(BatchAgent::daemon);
    private volatile BatchConfig config;
    private Optional<FileWatch> watch = Optional.empty();

    /**
     * Puts it together, and does nothing yet.
     *
     * @param driver the caller's to close, after this
     * @param out takes a line at a time
     * @throws IllegalArgumentException if the configuration is wrong
     */
    BatchAgent(Environment environment, CgroupDriver driver, Path file, Consumer<String> out) {
        this.environment = environment;
        this.file = file;
        this.out = out;
        config = parse(FileState.of(file, FileWatch.Settings.DEFAULT.contentMax()));
        jobs = new Jobs(config.jobs(), driver.hierarchy());
        guard = DiskGuard.builder()
                .environment(environment)
                .config(config.forGuard())
                .driver(driver)
                .pods(jobs)
                .podCgroups(jobs)
                .listener(new Diary(out))
                .threads(BatchAgent::daemon)
                .build();
    }

    /** From now on jobs and configuration are followed and limits written, in threads of this agent. */
    void start() {
        timer.scheduleWithFixedDelay(jobs::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        var following = FileWatch.start(file, FileWatch.Settings.DEFAULT, environment.ticker(), BatchAgent::daemon);
        following.onChange(this::reconfigure);
        watch = Optional.of(following);
        guard.start();
    }

    /** What {@link #start} does again and again, once: for those who drive it themselves, as a test does. */
    void turn() {
        jobs.look();
        guard.turn();
    }

    /** Puts another configuration in force; a wrong one changes nothing. */
    CompletableFuture<Void> reconfigure(FileState state) {
        final BatchConfig next;
        try {
            next = parse(state);
        } catch (IllegalArgumentException e) {
            out.accept("configuration refused: " + e.getMessage());
            return CompletableFuture.failedFuture(e);
        }
        return guard.reconfigure(next.forGuard(), () -> config = next)
                .whenComplete((done, failure) -> out.accept(
                        failure == null ? "configuration taken: " + next : "configuration refused: " + failure));
    }

    private static BatchConfig parse(FileState state) {
        if (state instanceof FileState.Present present) {
            return BatchConfig.parse(
                    StandardCharsets.UTF_8.decode(present.content()).toString());
        }
        throw new IllegalArgumentException("the file cannot be read: " + state);
    }

    /** What an operator asks: whether it works, and with which disks and configuration. */
    String status() {
        var status = guard.status();
        return (status.isReady() ? "ready" : "not ready") + ", " + status.disks() + ", " + status.pods() + ", late by "
                + status.late().toMillis() + " ms, " + config;
    }

    /** Why a job has the limits that it has. */
    String explain(String job) {
        return guard.explain(Job.NAMESPACE, job)
                .map(explanation -> explanation.rows().stream()
                        .map(BatchAgent::words)
                        .collect(Collectors.joining("\n", "job " + job + "\n", "")))
                .orElse("there is no job " + job);
    }

    private static String words(Explanation.Row row) {
        var text = new StringBuilder("  ").append(row.use().disk());
        for (var key : LimitKey.values()) {
            var kernel = row.kernel().map(limit -> limit.get(key).toString()).orElse("?");
            text.append("\n    ")
                    .append(key.key())
                    .append(' ')
                    .append(row.decision().limit().get(key));
            text.append(" (kernel ")
                    .append(kernel)
                    .append("), ")
                    .append(row.decision().origin(key));
        }
        return text.toString();
    }

    /** In the order in which they depend on each other: nothing changes the jobs of a guard that is ending. */
    @Override
    public void close() {
        watch.ifPresent(FileWatch::close);
        timer.shutdownNow();
        guard.close();
        jobs.close();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "batch-agent");
        thread.setDaemon(true);
        return thread;
    }
}
