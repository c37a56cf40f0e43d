/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileState;
import io.diskguard.watch.FileWatch;
import java.util.List;
import java.util.Optional;

/** The command line. */
public final class Main {
    private static final int MISUSE = 2;

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        var asked = CommandLine.parse(List.of(args));
        if (asked instanceof CommandLine.Asked.Run run) {
            System.exit(supervise(run.options()));
        } else if (asked instanceof CommandLine.Asked.Misuse misuse) {
            System.err.println("config-restarter: " + misuse.problem());
            System.err.print(CommandLine.USAGE);
            System.exit(MISUSE);
        } else if (asked instanceof CommandLine.Asked.Version) {
            System.out.println(Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("not packaged"));
        } else {
            System.out.print(CommandLine.USAGE);
        }
    }

    private static int supervise(Options options) throws InterruptedException {
        if (options.debug()) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug"); // Read with the first logger
        }
        var reaper = new Reaper();
        var supervisor = new Supervisor(
                options,
                new PosixProcesses(reaper),
                () -> FileState.of(options.config(), FileWatch.Settings.DEFAULT.contentMax()),
                Ticker.system());
        Signals.STOPPING.forEach(
                (name, number) -> Signals.handle(name, number, signal -> supervisor.tell(new Event.Stop(signal))));
        Signals.PASSED_ON.forEach(
                (name, number) -> Signals.handle(name, number, signal -> supervisor.tell(new Event.Received(signal))));
        daemon(() -> reaper.reap(supervisor::ended), "reaper").start();
        try (var watch = FileWatch.start(options.config(), settings(options), Ticker.system(), Main::watcher)) {
            watch.onChange(supervisor::told);
            if (!options.waitForFile()) {
                supervisor.tell(new Event.Start());
            }
            supervisor.told(watch.state());
            return supervisor.run();
        }
    }

    private static FileWatch.Settings settings(Options options) {
        var most = options.debounce().multipliedBy(6); // As many times as by default
        return new FileWatch.Settings(
                options.debounce(), most, options.poll(), true, FileWatch.Settings.DEFAULT.contentMax());
    }

    private static Thread watcher(Runnable work) {
        return daemon(work, "watch");
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
