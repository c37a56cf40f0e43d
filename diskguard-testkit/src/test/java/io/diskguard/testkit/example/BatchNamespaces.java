/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import io.diskguard.spi.Environment;
import io.diskguard.watch.FileState;
import io.diskguard.watch.FileWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The namespaces that a file names, one a line, as it was when it was last there. */
final class BatchNamespaces implements AutoCloseable {
    private final FileWatch watch;
    private volatile Set<String> names = Set.of();

    BatchNamespaces(Path file, Environment environment, FileWatch.Settings settings) {
        watch = FileWatch.start(file, settings, environment.ticker(), task -> {
            var thread = new Thread(task, "batch-namespaces");
            thread.setDaemon(true);
            return thread;
        });
        watch.onChange(this::take);
        take(watch.state());
    }

    Set<String> names() {
        return names;
    }

    private void take(FileState state) {
        if (state instanceof FileState.Present file) {
            names = StandardCharsets.UTF_8
                    .decode(file.content())
                    .toString()
                    .lines()
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
