/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.diskguard.model.PodRef;
import io.diskguard.spi.StateStore;
import io.diskguard.spi.StateStore.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} promises. */
public abstract class StateStoreTck {
    private static final String LIMIT = "iops-limit/smart-limit";
    private static final String STATE = "iops-limit/smart-state";
    private static final int MANY = 20;

    private StateStoreFixture fixture;
    private StateStore store;

    /** For subclasses: opens nothing yet. */
    protected StateStoreTck() {}

    /** Opens a store that takes the keys below {@code iops-limit/}; called before each test and closed after it. */
    protected abstract StateStoreFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        store = fixture.store();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void whatIsSetIsReadWhenItWasHeardBack() {
        var web = fixture.put("web");

        stored(store.patch(web, Map.of(LIMIT, Optional.of("true"))));

        reads(web, Map.of(LIMIT, "true"));
    }

    @Test
    void aKeyWithoutAValueIsRemovedAndOthersStay() {
        var web = fixture.put("web");
        stored(store.patch(web, Map.of(LIMIT, Optional.of("true"), STATE, Optional.of("{}"))));

        stored(store.patch(web, Map.of(LIMIT, Optional.empty(), "iops-limit/applied-at", Optional.of("now"))));

        reads(web, Map.of(STATE, "{}", "iops-limit/applied-at", "now"));
    }

    @Test
    void toRemoveWhatIsNotThereIsFine() {
        var web = fixture.put("web");

        stored(store.patch(web, Map.of(LIMIT, Optional.empty(), STATE, Optional.of("{}"))));

        reads(web, Map.of(STATE, "{}"));
    }

    @Test
    void eachPodHasItsOwnAndAnUnknownOneNone() {
        var web = fixture.put("web");
        var shop = fixture.put("shop");

        stored(store.patch(web, Map.of(LIMIT, Optional.of("web"))));
        stored(store.patch(shop, Map.of(LIMIT, Optional.of("shop"))));

        reads(web, Map.of(LIMIT, "web"));
        reads(shop, Map.of(LIMIT, "shop"));
        assertThat(store.read("uid-of-nobody")).isEmpty();
    }

    @Test
    void aTextIsKeptAsItIs() {
        var web = fixture.put("web");
        var text = "{\"v\":1,\"c\":{\"名\":{\"t10.ATA  X\":{\"y\":\"15m窗口触发[ReadIOPS:0.65>0.50] \\\" \\\\ \n\t😀\"}}}}";

        stored(store.patch(web, Map.of(STATE, Optional.of(text), LIMIT, Optional.of(""))));

        reads(web, Map.of(STATE, text, LIMIT, ""));
    }

    @Test
    void patchesOfOnePodTakeEffectInTheOrderOfTheCalls() {
        var web = fixture.put("web");
        var results = new ArrayList<CompletionStage<Result>>();
        for (var i = 0; i < MANY; i++) {
            results.add(store.patch(web, Map.of(LIMIT, Optional.of("" + i), "iops-limit/n" + i, Optional.of("set"))));
        }

        results.forEach(this::stored);

        var expected = new HashMap<String, String>();
        for (var i = 0; i < MANY; i++) {
            expected.put("iops-limit/n" + i, "set");
        }
        expected.put(LIMIT, "" + (MANY - 1));
        reads(web, expected);
    }

    @Test
    void whatACallerDoesWithItsChangesAfterwardsIsItsOwn() {
        var web = fixture.put("web");
        var changes = new HashMap<String, Optional<String>>(Map.of(LIMIT, Optional.of("true")));

        var result = store.patch(web, changes);
        changes.put(LIMIT, Optional.of("changed"));
        stored(result);

        reads(web, Map.of(LIMIT, "true"));
    }

    @Test
    void severalThreadsReadTheSame() {
        var web = fixture.put("web");
        stored(store.patch(web, Map.of(LIMIT, Optional.of("true"))));
        reads(web, Map.of(LIMIT, "true"));

        Together.allAnswer("read()", Map.of(LIMIT, "true"), () -> store.read(web.uid()));
    }

    @Test
    void afterItsEndAPatchIsAResultNotAnException() {
        var web = fixture.put("web");

        store.close();

        assertThat(result(store.patch(web, Map.of(LIMIT, Optional.of("true"))))).isNotNull();
        assertThatCode(store::close).doesNotThrowAnyException();
    }

    private void stored(CompletionStage<Result> stage) {
        assertThat(result(stage)).isEqualTo(new Result.Stored());
    }

    private Result result(CompletionStage<Result> stage) {
        var future = stage.toCompletableFuture();
        fixture.until("the result of a patch, for the stage never fails and always comes", future::isDone);
        return future.join();
    }

    private void reads(PodRef pod, Map<String, String> texts) {
        var seen = new ArrayList<Map<String, String>>(List.of(Map.of()));
        fixture.until("the texts of " + pod + " to be " + texts, () -> {
            seen.set(0, store.read(pod.uid()));
            return seen.get(0).equals(texts);
        });
    }
}
