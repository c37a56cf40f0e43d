/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final ArrayList<String> told = new ArrayList<>();
    private final Answers answers = new Answers(told::add);

    private void pass(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        answers.passing(bytes, bytes.length);
    }

    @Test
    void aMarkedAnswerIsToldWithItsLastBytes() {
        pass("HTTP/1.1 200 OK\r\ncontent-length: 10\r\nX-Told: 7\r\n\r\n1234");
        assertThat(told).isEmpty();
        pass("567");
        assertThat(told).isEmpty();
        pass("890");
        assertThat(told).containsExactly("7");
        pass("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nX-Told: 8\r\n\r\n12");
        assertThat(told).containsExactly("7", "8");
    }

    @Test
    void othersAreNot() {
        pass("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n12");
        pass("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n");
        pass("\u0081X-Told: 9");
        assertThat(told).isEmpty();
    }
}
