/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The sources of the library itself. */
class ConfigSourcesTest {
    @TempDir
    static Path directory;

    @Nested
    class Json extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new OfFile("config.json", values, "{%s}", (key, value) -> "\"" + key + "\": " + literal(value));
        }
    }

    @Nested
    class Yaml extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new OfFile("config.yaml", values, "---\n%s", (key, value) -> "\n" + key + ": " + literal(value));
        }
    }

    @Nested
    class Followed extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new OfFollowedFile(values);
        }
    }

    @Nested
    class Variables extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            var variables = values.entrySet().stream()
                    .collect(
                            Collectors.toMap(entry -> entry.getKey().toUpperCase(Locale.ROOT), entry -> entry.getValue()
                                    .toString()));
            var source = new EnvironmentConfigSource(variables);
            return new ConfigFixture() {
                @Override
                public ConfigSource source() {
                    return source;
                }

                @Override
                public void close() {
                    source.close();
                }
            };
        }
    }

    private static String literal(Object value) {
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    /** A file that is followed: whoever changes it waits until the source has seen it. */
    private static final class OfFollowedFile implements ConfigFixture {
        private static final FileWatch.Settings FAST = new FileWatch.Settings(
                Duration.ofMillis(10), Duration.ofSeconds(3), Duration.ofMillis(50), true, 1 << 20);

        private final OfFile file;
        private final ConfigSource source;
        private final Semaphore seen = new Semaphore(0);

        OfFollowedFile(Map<String, Object> values) {
            file = new OfFile("followed.json", values, "{%s}", (key, value) -> "\"" + key + "\": " + literal(value));
            source = FileConfigSource.watching(file.file, Map.of(), FAST, Ticker.system(), Thread::new);
            source.onChange(seen::release);
        }

        @Override
        public ConfigSource source() {
            return source;
        }

        @Override
        public boolean change(Map<String, Object> values) {
            return file.change(values) && isSeen();
        }

        @Override
        public boolean spoil() {
            return file.spoil() && isSeen();
        }

        @Override
        public boolean callsBack() {
            return true;
        }

        private boolean isSeen() {
            try {
                return seen.tryAcquire(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** A file of that name; {@code %s} in its frame stands for the values. */
    private static final class OfFile implements ConfigFixture {
        private final Path file;
        private final String frame;
        private final BiFunction<String, Object, String> entry;
        private final ConfigSource source;

        OfFile(String name, Map<String, Object> values, String frame, BiFunction<String, Object, String> entry) {
            this.file = directory.resolve(name);
            this.frame = frame;
            this.entry = entry;
            change(values);
            this.source = new FileConfigSource(file, Map.of());
        }

        @Override
        public ConfigSource source() {
            return source;
        }

        @Override
        public boolean change(Map<String, Object> values) {
            var separator = frame.startsWith("{") ? ",\n" : "";
            return write(frame.formatted(values.entrySet().stream()
                    .map(each -> entry.apply(each.getKey(), each.getValue()))
                    .collect(Collectors.joining(separator))));
        }

        @Override
        public boolean spoil() {
            return write("]: } {");
        }

        private boolean write(String content) {
            try {
                var written = Files.writeString(directory.resolve(file.getFileName() + ".tmp"), content);
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
