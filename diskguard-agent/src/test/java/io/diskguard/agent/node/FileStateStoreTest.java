/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStateStoreTest {
    private static final PodRef WEB = new PodRef("uid-web", "default", "web");
    private static final PodRef SHOP = new PodRef("uid-shop", "default", "shop");
    private static final Map<String, Optional<String>> LIMITED = Map.of("iops-limit/smart-limit", Optional.of("true"));

    @TempDir
    Path directory;

    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    @Test
    void theNextProcessReadsWhatThisOneStored() {
        stored(open(), WEB);

        assertThat(open().read("uid-web")).isEqualTo(Map.of("iops-limit/smart-limit", "true"));
    }

    @Test
    void aPatchNeverWaitsForTheDiskAndShowsWhenItIsThere() {
        var store = open();

        var result = store.patch(WEB, LIMITED).toCompletableFuture();

        assertThat(result).isNotDone();
        assertThat(store.read("uid-web")).isEmpty();
        assertThat(file()).doesNotExist();
        work();
        assertThat(result).isCompletedWithValue(new Result.Stored());
        assertThat(store.read("uid-web")).isNotEmpty();
    }

    @Test
    void patchesThatWaitAreWrittenTogether() throws IOException {
        var store = open();
        var first = store.patch(WEB, LIMITED).toCompletableFuture();
        var second = store.patch(SHOP, LIMITED).toCompletableFuture();

        later.remove().run();

        assertThat(first).isCompletedWithValue(new Result.Stored());
        assertThat(second).isCompletedWithValue(new Result.Stored());
        Files.delete(file());
        work();
        assertThat(file()).as("not written a second time").doesNotExist();
    }

    @Test
    void podsStayUntilTheyAreSaidToBeGone() {
        var store = open();
        stored(store, WEB);
        stored(store, SHOP);

        store.retain(Set.of("uid-shop"));
        store.patch(WEB, Map.of("iops-limit/applied-at", Optional.of("later")));
        work();

        assertThat(open().read("uid-web"))
                .as("what is patched afterwards is of a pod that came back")
                .isEqualTo(Map.of("iops-limit/applied-at", "later"));
        assertThat(open().read("uid-shop")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"uid-web\":{\"iops-limit/sm",
                "[]",
                "null",
                "{\"uid-web\":null}",
                "{\"uid-web\":{\"k\":null}}",
                "{\"uid-web\":[1]}",
                "{\"uid-web\":{\"k\":1}}"
            })
    void aDamagedFileIsKeptAsideAndNothingIsRemembered(String content) throws IOException {
        Files.writeString(file(), content);

        var store = open();

        assertThat(store.read("uid-web")).isEmpty();
        assertThat(directory.resolve("pod-state.json.damaged")).hasContent(content);
        stored(store, SHOP);
        assertThat(open().read("uid-shop")).isNotEmpty();
    }

    @Test
    void aFileTooLargeToBeOursIsNotRead() throws IOException {
        Files.write(file(), (" ".repeat(FileStateStore.MOST) + "{}").getBytes(StandardCharsets.UTF_8));

        assertThat(open().read("uid-web")).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aHalfWrittenFileOfACrashIsInNobodysWay() throws IOException {
        stored(open(), WEB);
        Files.writeString(directory.resolve("pod-state.json.new"), "{\"uid-we");

        var store = open();

        assertThat(store.read("uid-web")).isNotEmpty();
        stored(store, SHOP);
        assertThat(open().read("uid-web")).isNotEmpty();
    }

    @Test
    void tooMuchTextCostsThatPatchOnly() {
        var store = open();

        var tooLong = store.patch(WEB, Map.of("k", Optional.of("x".repeat(FileStateStore.MOST_OF_POD + 1))));
        var other = store.patch(SHOP, LIMITED);
        work();

        assertThat(result(tooLong)).isInstanceOf(Result.Rejected.class);
        assertThat(result(other)).isEqualTo(new Result.Stored());
        assertThat(store.read("uid-web")).isEmpty();
    }

    @Test
    void whatCannotBeWrittenFailsAndIsTakenWhenItCan() throws IOException {
        var state = directory.resolve("state");
        Files.writeString(state, "no directory");
        var store = FileStateStore.open(state, later::add);

        var refused = store.patch(WEB, LIMITED);
        work();

        assertThat(result(refused)).isInstanceOfSatisfying(Result.Failed.class, failed -> assertThat(failed.reason())
                .contains("pod-state.json"));
        assertThat(store.read("uid-web")).isEmpty();
        Files.delete(state);
        stored(store, WEB);
    }

    @Test
    void onlyItsOwnerReadsTheFile() throws IOException {
        stored(open(), WEB);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aWriterThatHasEndedIsAResult() {
        var store = FileStateStore.open(directory, task -> {
            throw new RejectedExecutionException();
        });

        assertThat(result(store.patch(WEB, LIMITED))).isInstanceOf(Result.Failed.class);
    }

    @Test
    void whatWasHandedOverBeforeTheEndIsWrittenAndNothingAfterIt() {
        var store = open();
        var before = store.patch(WEB, LIMITED);

        store.close();
        var after = store.patch(SHOP, LIMITED);
        work();

        assertThat(result(before)).isEqualTo(new Result.Stored());
        assertThat(result(after)).isInstanceOf(Result.Failed.class);
        assertThat(open().read("uid-web")).isNotEmpty();
        assertThat(open().read("uid-shop")).isEmpty();
    }

    private void stored(FileStateStore store, PodRef pod) {
        var result = store.patch(pod, LIMITED);
        work();
        assertThat(result(result)).isEqualTo(new Result.Stored());
    }

    private void work() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private static Result result(CompletionStage<Result> stage) {
        var future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    private FileStateStore open() {
        return FileStateStore.open(directory, later::add);
    }

    private Path file() {
        return directory.resolve("pod-state.json");
    }
}
