/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.WatchServiceConfiguration;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path directory;

    private Path root() throws IOException {
        return directory.toRealPath();
    }

    @Nested
    class OnTheRealFileSystem extends FileWatchContract {
        @Override
        Path root() throws IOException {
            return FileWatchTest.this.root();
        }

        /** No event tells of it: the directory of that name is another one now. */
        @Test
        void aDirectoryMakesPlaceForAnother() throws Exception {
            write("one/config", "1");
            write("two/config", "2");
            var seen = follow(path("one/config"));
            Files.move(path("one"), path("old"), StandardCopyOption.ATOMIC_MOVE);
            Files.move(path("two"), path("one"), StandardCopyOption.ATOMIC_MOVE);
            seen.becomes("2");
            write("old/config", "nobody's");
            quiet();
            write("one/config", "3");
            seen.tells("3");
        }
    }

    @Nested
    class ByEventsAlone extends FileWatchContract {
        @Override
        Path root() throws IOException {
            return FileWatchTest.this.root();
        }

        @Override
        FileWatch.Settings settings() {
            var fast = Followed.FAST;
            return new FileWatch.Settings(fast.debounce(), fast.atMost(), NEVER, true, fast.contentMax());
        }

        @Override
        void quiet() {
            // without an event it does not look
        }
    }

    /** As on NFS, where others' changes are no events. */
    @Nested
    class ByLookingAlone extends FileWatchContract {
        @Override
        Path root() throws IOException {
            return FileWatchTest.this.root();
        }

        @Override
        FileWatch.Settings settings() {
            var fast = Followed.FAST;
            return new FileWatch.Settings(fast.debounce(), fast.atMost(), fast.poll(), false, fast.contentMax());
        }
    }

    @Nested
    class InMemory extends FileWatchContract {
        private final FileSystem fs = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setWatchServiceConfiguration(WatchServiceConfiguration.polling(10, TimeUnit.MILLISECONDS))
                .build());

        @Override
        Path root() throws IOException {
            return Files.createDirectories(fs.getPath("/watched"));
        }
    }

    @Test
    void aFileSystemWithoutEventsIsPolled() throws Exception {
        try (var zip = FileSystems.newFileSystem(root().resolve("files.zip"), Map.of("create", "true"))) {
            var file = Files.writeString(zip.getPath("/config"), "a");
            try (var seen = new Followed(file, Followed.FAST)) {
                Files.writeString(file, "b");
                seen.tells("b");
            }
        }
    }

    @Test
    void otherFilesBesideItAreNoEventOfIts() throws Exception {
        var file = Files.writeString(root().resolve("config"), "a");
        var events = new Events(file, true);
        try {
            events.follow();
            for (var i = 0; i < 20; i++) {
                Files.writeString(root().resolve("diskguard.log"), "line " + i);
            }
            Files.writeString(file, "b");
            Optional<Path> hit = Optional.empty();
            for (var i = 0; i < 1000 && hit.isEmpty(); i++) {
                hit = events.await(TimeUnit.SECONDS.toNanos(1));
            }
            assertThat(hit).contains(file);
        } finally {
            events.close();
        }
    }

    @Test
    void whatIsNoRegularFileIsNotFollowed() throws Exception {
        assertThat(Look.at(Path.of("/dev/null"), 10, true)).isInstanceOf(FileState.Unreadable.class);
        assertThat(Followed.text(FileState.of(Path.of("/dev/null"), 10))).isEmpty();
        assertThat(FileState.of(Path.of("/dev/zero"), 10)).isInstanceOf(FileState.TooLong.class);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        var ms = Duration.ofMillis(1);
        assertThatThrownBy(() -> new FileWatch.Settings(ms.negated(), ms, ms, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileWatch.Settings(ms.plus(ms), ms, ms, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileWatch.Settings(ms, ms, Duration.ZERO, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileWatch.Settings(ms, ms, ms, true, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
