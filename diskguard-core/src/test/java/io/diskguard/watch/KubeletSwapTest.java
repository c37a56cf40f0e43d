/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.WatchServiceConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The volume of a ConfigMap, on the real file system and in memory, swapped at random moments. The seed is fixed, the threads are not. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KubeletSwapTest {
    private static final System.Logger LOG = System.getLogger(KubeletSwapTest.class.getName());
    private static final int SWAPS = 1_000;
    private static final int LAYOUTS = 20;

    private final ScheduledExecutorService kubelet = Executors.newScheduledThreadPool(1);
    private final Random random = new Random(20260101);

    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setWatchServiceConfiguration(WatchServiceConfiguration.polling(10, TimeUnit.MILLISECONDS))
            .build());

    @TempDir
    Path real;

    private enum Where {
        REAL,
        IN_MEMORY
    }

    @AfterEach
    void stop() throws IOException {
        kubelet.shutdownNow();
        memory.close();
    }

    private Path directory(Where where) {
        return where == Where.REAL ? real : memory.getPath("/volumes");
    }

    /** Long enough to be written in several pieces, and never the same twice. */
    private static String content(int version) {
        return ("container_iops_limit: " + version + "\n").repeat(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void everyFinalContentOfAThousandSwapsIsSeenAndNothingElse(Where where) throws Exception {
        var mount = new ConfigMapMount(directory(where).resolve("x"), Map.of("config.yaml", content(0), "other", "0"));
        var latencies = new ArrayList<Long>();
        var order = new ArrayList<String>();
        try (var byEvents = new Followed(mount.file("config.yaml"), settings(true));
                var byLooks = new Followed(mount.file("config.yaml"), settings(false))) {
            for (var version = 0; version < SWAPS; ) {
                Future<?> last = null;
                var due = 0;
                for (var burst = 1 + random.nextInt(8); burst > 0 && version < SWAPS; burst--) {
                    var next = ++version;
                    order.add(content(next));
                    due += random.nextInt(12);
                    last = kubelet.schedule(() -> swap(mount, content(next), "" + next), due, TimeUnit.MILLISECONDS);
                }
                last.get(Followed.FAILURE_SECONDS, TimeUnit.SECONDS);
                var swapped = System.nanoTime();
                for (var followed : List.of(byEvents, byLooks)) {
                    inOrderUpTo(content(version), order, followed);
                }
                latencies.add(System.nanoTime() - swapped);
                touch(mount, content(version), random.nextInt(4), version);
            }
            for (var followed : List.of(byEvents, byLooks)) {
                followed.looks();
                assertThat(followed.told).isEmpty();
            }
        }
        log(where + ": final content after a burst, debounce 10 ms, events and looks each 50 ms", latencies);
    }

    private static FileWatch.Settings settings(boolean events) {
        return new FileWatch.Settings(
                Duration.ofMillis(10), Duration.ofSeconds(3), Duration.ofMillis(50), events, 1 << 20);
    }

    /** What is told is whole, no older than what was told before, never the same again; and at last it is the last one. */
    private static void inOrderUpTo(String last, List<String> order, Followed followed) throws InterruptedException {
        var seen = new HashSet<String>();
        var before = -1;
        for (var text = ""; !text.equals(last); ) {
            text = Followed.text(followed.told.poll(Followed.FAILURE_SECONDS, TimeUnit.SECONDS));
            assertThat(seen.add(text)).as("told once").isTrue();
            assertThat(order.indexOf(text)).as("whole and newer").isGreaterThan(before);
            before = order.indexOf(text);
        }
        assertThat(followed.told).isEmpty();
        if (followed.watch.state() instanceof FileState.Present present) {
            assertThat(Followed.text(present)).isEqualTo(last);
        }
    }

    /** None of it is a change of the file's content. */
    private static void touch(ConfigMapMount mount, String content, int how, int version) throws IOException {
        switch (how) {
            case 0 -> Files.setLastModifiedTime(mount.file("config.yaml"), FileTime.fromMillis(version * 1_000L));
            case 1 -> mount.swap(Map.of("config.yaml", content, "other", "another of " + version));
            default -> mount.swap(Map.of("config.yaml", content, "other", "" + version));
        }
    }

    private static void swap(ConfigMapMount mount, String content, String other) {
        try {
            mount.swap(Map.of("config.yaml", content, "other", other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Twenty volumes side by side, not one twenty times: a change by looks alone takes up to 5.5 s, and what is tried is
     * the moment within them at which the swap comes.
     */
    @ParameterizedTest
    @EnumSource
    void atTheDefaultsTwentySwapsAreSeenByEventsAndByLooks(Where where) throws Exception {
        var defaults = FileWatch.Settings.DEFAULT;
        var polling = new FileWatch.Settings(
                defaults.debounce(), defaults.atMost(), defaults.poll(), false, defaults.contentMax());
        var followed = new ArrayList<Followed>();
        var swapped = new ConcurrentHashMap<Integer, Long>();
        var seen = List.of(new ConcurrentHashMap<Integer, Long>(), new ConcurrentHashMap<Integer, Long>());
        try {
            for (var i = 0; i < LAYOUTS; i++) {
                var mount = new ConfigMapMount(
                        directory(where).resolve("x" + i), Map.of("config.yaml", content(i), "other", "0"));
                var number = i;
                for (var kind = 0; kind < 2; kind++) {
                    var one = new Followed(mount.file("config.yaml"), kind == 0 ? defaults : polling);
                    var times = seen.get(kind);
                    one.watch.onChange(state -> times.putIfAbsent(number, System.nanoTime()));
                    followed.add(one);
                }
                kubelet.schedule(
                        () -> {
                            swapped.put(number, System.nanoTime());
                            swap(mount, content(number + LAYOUTS), "1");
                        },
                        random.nextInt(4_000),
                        TimeUnit.MILLISECONDS);
            }
            for (var i = 0; i < followed.size(); i++) {
                followed.get(i).tells(content(i / 2 + LAYOUTS));
            }
            for (var one : followed) {
                assertThat(one.told).isEmpty();
            }
        } finally {
            followed.forEach(Followed::close);
        }
        var names = List.of("at the defaults, by events", "at the defaults, by looks alone");
        for (var kind = 0; kind < 2; kind++) {
            var latencies = new ArrayList<Long>();
            seen.get(kind).forEach((number, at) -> latencies.add(at - swapped.get(number)));
            log(where + ": " + names.get(kind), latencies);
        }
    }

    private static void log(String what, List<Long> nanos) {
        var sorted = nanos.stream().sorted().toList();
        LOG.log(
                System.Logger.Level.INFO,
                "%s: %d times, p50 %d ms, max %d ms"
                        .formatted(
                                what,
                                sorted.size(),
                                TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() / 2)),
                                TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() - 1))));
    }
}
