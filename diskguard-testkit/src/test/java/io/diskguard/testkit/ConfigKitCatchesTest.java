/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.ConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link ConfigSource} hears of that one. */
class ConfigKitCatchesTest {
    @Test
    void aSourceThatKeepsEveryPromisePasses() {
        assertThat(Kit.failures(OfGood.class)).isEmpty();
    }

    @Test
    void aSourceThatThrowsForWhatItCannotRead() {
        assertThat(Kit.failures(OfThrowing.class))
                .containsExactly("contentThatCannotBeUnderstoodIsAProblemNotAnException");
    }

    @Test
    void aSourceThatGivesItsOwnKindsOfKeysAndValues() {
        assertThat(Kit.failures(OfOwnWays.class)).contains("keysAreSnakeCase", "valuesAreOfTheKindsThatTheLoaderReads");
    }

    @Test
    void aSourceThatRemembersItsFirstSnapshot() {
        assertThat(Kit.failures(OfRemembering.class)).contains("afterAChangeTheSnapshotIsTheNewOne", "aChangeIsTold");
    }

    /** A source and what it reads: right as it stands. */
    private static class Good implements ConfigFixture, ConfigSource {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile Map<String, Object> content;
        private volatile boolean spoiled;

        Good(Map<String, Object> content) {
            this.content = content;
        }

        @Override
        public ConfigSource source() {
            return this;
        }

        @Override
        public boolean change(Map<String, Object> values) {
            content = values;
            spoiled = false;
            listeners.forEach(Runnable::run);
            return true;
        }

        @Override
        public boolean spoil() {
            spoiled = true;
            return true;
        }

        @Override
        public boolean callsBack() {
            return true;
        }

        @Override
        public int order() {
            return 150;
        }

        @Override
        public Snapshot snapshot() {
            return spoiled ? unreadable() : new Snapshot(values(content), List.of());
        }

        Snapshot unreadable() {
            return new Snapshot(Map.of(), List.of(new Problem("*", "", "the registry", "keys and values")));
        }

        Map<String, Value> values(Map<String, Object> of) {
            return of.entrySet().stream().collect(Collectors.toMap(this::key, entry -> value(entry.getValue())));
        }

        String key(Map.Entry<String, Object> entry) {
            return entry.getKey();
        }

        Value value(Object value) {
            return new Value(value, "the registry");
        }

        @Override
        public void onChange(Runnable changed) {
            listeners.add(changed);
        }

        @Override
        public void close() {}
    }

    static class OfGood extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new Good(values);
        }
    }

    static class OfThrowing extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new Good(values) {
                @Override
                Snapshot unreadable() {
                    throw new IllegalStateException("cannot read");
                }
            };
        }
    }

    static class OfOwnWays extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new Good(values) {
                @Override
                String key(Map.Entry<String, Object> entry) {
                    return entry.getKey().toUpperCase(Locale.ROOT);
                }

                @Override
                Value value(Object value) {
                    return new Value(value instanceof String text ? Path.of(text) : value, "the registry");
                }
            };
        }
    }

    static class OfRemembering extends ConfigSourceTck {
        @Override
        protected ConfigFixture openFixture(Map<String, Object> values) {
            return new Good(values) {
                @Override
                Map<String, Value> values(Map<String, Object> of) {
                    return super.values(values);
                }
            };
        }
    }
}
