/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.StateStoreFixture;
import io.diskguard.testkit.StateStoreTck;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTckTest extends StateStoreTck {
    @TempDir
    Path directory;

    @Override
    protected StateStoreFixture openFixture() {
        return new OfDirectory(directory);
    }

    private static final class OfDirectory implements StateStoreFixture {
        private final ExecutorService writer = Executors.newSingleThreadExecutor();
        private final FileStateStore store;

        OfDirectory(Path directory) {
            store = FileStateStore.open(directory, writer);
        }

        @Override
        public StateStore store() {
            return store;
        }

        @Override
        public PodRef put(String name) {
            return new PodRef("uid-" + name, "default", name);
        }

        @Override
        public void until(String what, BooleanSupplier condition) {
            try {
                writer.submit(() -> {}).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(what, e);
            }
            assertThat(condition.getAsBoolean()).as(what).isTrue();
        }

        @Override
        public void close() {
            store.close();
            writer.shutdown();
        }
    }
}
