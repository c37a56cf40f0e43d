/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.FileConfigSource;
import io.diskguard.spi.ConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
                Files.writeString(file, content);
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
