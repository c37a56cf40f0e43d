/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.top.Key.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PressedTest {
    @Test
    void qEndsFromTheTableAndFromHelpButNotWhileAFilterIsTyped() {
        assertThat(on(View.FIRST, "q")).isEmpty();
        assertThat(on(View.FIRST, "?q")).isEmpty();
        assertThat(on(View.FIRST, "/q"))
                .hasValueSatisfying(view -> assertThat(view.typed()).contains("q"));
        assertThat(Pressed.on(View.FIRST.typing(Optional.of("")), Key.of(Kind.CLOSED), List.of(), 1, 1))
                .isEmpty();
    }

    @Test
    void aFilterIsTypedCorrectedKeptAndDropped() {
        assertThat(on(View.FIRST, "/wex\u007fb\r")).hasValueSatisfying(view -> {
            assertThat(view.filter()).isEqualTo("web");
            assertThat(view.typed()).isEmpty();
        });
        assertThat(on(View.FIRST, "/\u007f\u007fweb\r\u001b"))
                .hasValueSatisfying(view -> assertThat(view.filter()).isEmpty());
    }

    @Test
    void theColumnOfTheOrderIsChosenByItsNeighbourAndByLetter() {
        assertThat(on(View.FIRST, "N"))
                .hasValueSatisfying(view -> assertThat(view.sort().id()).isEqualTo("pod"));
        assertThat(on(View.FIRST, "N>"))
                .hasValueSatisfying(view -> assertThat(view.sort().id()).isEqualTo("container"));
        assertThat(on(View.FIRST, "N<"))
                .hasValueSatisfying(view -> assertThat(view.sort().id()).isEqualTo("since"));
        assertThat(on(View.FIRST, "NN"))
                .hasValueSatisfying(view -> assertThat(view.isReversed()).isTrue());
        assertThat(on(View.FIRST, "rr")).hasValue(View.FIRST);
    }

    @Test
    void unitsLimitAndPauseGoRound() {
        assertThat(on(View.FIRST, "b"))
                .hasValueSatisfying(view -> assertThat(view.unit()).isEqualTo(Unit.BYTES));
        assertThat(on(View.FIRST, "bbbll  ??")).hasValue(View.FIRST);
        assertThat(on(View.FIRST, "l ")).hasValueSatisfying(view -> assertThat(view.onlyLimited() && view.isPaused())
                .isTrue());
    }

    @Test
    void scrollingEndsAtBothEnds() {
        assertThat(top("\u001b[B\u001b[B\u001b[A")).isEqualTo(1);
        assertThat(top("\u001b[6~\u001b[6~\u001b[6~\u001b[6~")).isEqualTo(30);
        assertThat(top("\u001bOF\u001b[A")).isEqualTo(29);
        assertThat(top("\u001b[F\u001b[H\u001b[5~")).isZero();
    }

    @Test
    void whatIsNoKeyDoesNothing() {
        assertThat(on(View.FIRST, "\u001b[200~\u001b[99;99R\u0001z\u001bx")).hasValue(View.FIRST);
    }

    private static int top(String keys) {
        return on(View.FIRST, keys).orElseThrow().top();
    }

    private static Optional<View> on(View first, String keys) {
        var view = Optional.of(first);
        for (var key : keys(keys)) {
            view = view.flatMap(it -> Pressed.on(it, key, Columns.ALL, 10, 30));
        }
        return view;
    }

    private static List<Key> keys(String text) {
        var left = new ArrayDeque<Integer>();
        for (var each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            left.add((int) each);
        }
        var keys = new ArrayList<Key>();
        var reader = new KeyReader(atMost -> left.isEmpty() ? KeyReader.Chars.NONE_YET : left.remove());
        try {
            for (var key = reader.read(Duration.ZERO); key.isPresent(); key = reader.read(Duration.ZERO)) {
                keys.add(key.get());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return keys;
    }
}
