/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import io.diskguard.spi.ConfigSource;
import io.diskguard.testkit.ConfigFixture;
import io.diskguard.testkit.ConfigSourceTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class ConfDirSourceTckTest {
    @TempDir
    Path temporary;

    /** Files edited in place. */
    @Nested
    class OfPlainFiles extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new InFiles(new Layout.Plain(temporary.resolve("plain")), values);
        }
    }

    /** Files as the kubelet lays out a ConfigMap. */
    @Nested
    class OfAConfigMap extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new InFiles(new Layout.ConfigMap(temporary.resolve("map")), values);
        }
    }

    private static final class InFiles implements ConfigFixture {
        private final Layout layout;
        private final ConfigSource source;

        InFiles(Layout layout, Map<String, Object> values) {
            this.layout = layout;
            change(values);
            source = new ConfDirSource(layout.directory(), Layout.FAST, Thread::new);
        }

        @Override
        public ConfigSource source() {
            return source;
        }

        @Override
        public boolean change(Map<String, Object> values) {
            layout.write(values);
            return true;
        }

        @Override
        public boolean spoil() {
            change(Map.of("data_mount", "/tck"));
            try {
                Files.write(layout.directory().resolve("data_mount"), new byte[] {(byte) 0xff, (byte) 0xfe});
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean callsBack() {
            return true;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
