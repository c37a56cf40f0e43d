/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import io.diskguard.reload.ConfigTarget.Answer;
import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileWatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a mounted ConfigMap to what is in force, on real files. */
@Timeout(300)
class FollowedFileTest {
    private static final FileWatch.Settings QUICK = new FileWatch.Settings(
            Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMillis(100), true, 1 << 20);

    private final BlockingQueue<Reload> heard = new LinkedBlockingQueue<>();
    private MountedMap mounted;
    private FileConfigSource source;
    private ConfigReloader reloader;

    @BeforeEach
    void follow(@TempDir Path directory) throws IOException {
        mounted = new MountedMap(directory, "container_write_iops_limit: 500\n");
        var environment = new Environment(HostPaths.host(), Clock.systemUTC(), Ticker.system(), Map.of());
        source = FileConfigSource.watching(mounted.file(), Map.of(), QUICK, environment.ticker(), Thread::new);
        var initial = (ConfigResult.Valid) ConfigLoader.load(List.of(source));
        reloader = ConfigReloader.of(
                environment, List.of(source), initial, config -> new Answer.Applied(), List.of(heard::add));
        reloader.start(Thread::new);
    }

    @AfterEach
    void close() {
        reloader.close();
        source.close();
    }

    @Test
    void whateverTheFileBecomesTheLastGoodGoesOnAndTheNextGoodIsTaken() throws Exception {
        var limit = 1_000;
        for (var broken : broken().entrySet()) {
            mounted.exchange(broken.getValue());

            var rejected = next();
            assertThat(rejected.result()).as(broken.getKey()).isEqualTo(Result.REJECTED);
            assertThat(rejected.sources()).containsExactly(mounted.file().toString());
            assertThat(rejected.problems()).as(broken.getKey()).isNotEmpty().allSatisfy(problem -> assertThat(
                            problem.origin())
                    .startsWith(mounted.file().toString()));

            mounted.holds("container_write_iops_limit: " + ++limit + "\n");

            assertThat(next().changes())
                    .as(broken.getKey())
                    .containsExactly(new KeyChange(
                            "container_write_iops_limit",
                            String.valueOf(limit == 1_001 ? 500 : limit - 1),
                            String.valueOf(limit),
                            mounted.file() + " line 1",
                            true));
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void theSameContentInANewVersionIsNoReload() throws Exception {
        mounted.holds("container_write_iops_limit: 500\n");
        mounted.holds("container_write_iops_limit: 700\n");

        assertThat(next().changes()).extracting(KeyChange::after).containsExactly("700");
        assertThat(reloader.history()).hasSize(2);
    }

    private Reload next() throws InterruptedException {
        var reload = heard.poll(60, TimeUnit.SECONDS);
        assertThat(reload).isNotNull();
        return reload;
    }

    private static Map<String, MountedMap.Making> broken() {
        var all = new LinkedHashMap<String, MountedMap.Making>();
        BrokenFilesTest.broken().forEach(from -> all.put(from.getFileName().toString(), to -> Files.copy(from, to)));
        all.put("missing", file -> {});
        all.put("a directory", Files::createDirectory);
        all.put("a link to nothing", file -> Files.createSymbolicLink(file, Path.of("nothing")));
        all.put("a link to itself", file -> Files.createSymbolicLink(file, file.getFileName()));
        all.put("100 MB without content", file -> {
            try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(100_000_000);
            }
        });
        all.put("ten thousand unknown keys", file -> Files.writeString(file, unknownKeys(10_000)));
        all.put("a line of 900 kB", file -> Files.writeString(file, "annotation_prefix: " + "a".repeat(900_000)));
        all.put("more than 1 MiB of comments", file -> Files.writeString(file, "# padding\n".repeat(120_000)));
        return all;
    }

    private static String unknownKeys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "limit_" + i + ": 5\n").collect(Collectors.joining());
    }
}
