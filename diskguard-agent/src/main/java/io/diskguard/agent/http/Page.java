/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.nio.charset.StandardCharsets;

/** An answer: status, type and text. Immutable. */
public record Page(int status, String contentType, String text) {
    static Page text(int status, String text) {
        return new Page(status, "text/plain; charset=utf-8", text + "\n");
    }

    static Page json(int status, String text) {
        return new Page(status, "application/json", text);
    }

    byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
