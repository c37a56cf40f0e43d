/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LetGoTest {
    private final List<ByteBuffer> taken = new ArrayList<>();
    private final LetGo.Taker taker = new LetGo.Taker((part, body) -> taken.addAll(part), 1000);

    private record Body(CompletableFuture<Void> done) implements AsyncBody {
        @Override
        public void consume() {}

        @Override
        public void cancel() {}
    }

    @Test
    void everyPartOfAnAnswerArrives() throws Exception {
        var body = new Body(new CompletableFuture<>());
        taker.consume(List.of(ByteBuffer.wrap(new byte[1])), body);
        taker.consume(List.of(ByteBuffer.wrap(new byte[2])), body);
        assertThat(taken).extracting(ByteBuffer::remaining).containsExactly(1, 2);
        assertThat(taker.isEmpty()).isFalse();
    }

    @Test
    void whoTookACompleteAnswerIsNotRemembered() throws Exception {
        var body = new Body(new CompletableFuture<>());
        taker.consume(List.of(ByteBuffer.wrap(new byte[1])), body);
        body.done().complete(null);
        assertThat(taker.isEmpty()).isTrue();
    }

    @Test
    void anAnswerThatBreaksIsNotRememberedEither() throws Exception {
        var body = new Body(new CompletableFuture<>());
        taker.consume(List.of(ByteBuffer.wrap(new byte[1])), body);
        body.done().completeExceptionally(new java.io.IOException("reset"));
        assertThat(taker.isEmpty()).isTrue();
    }
}
