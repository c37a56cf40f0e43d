/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import java.io.Serial;

/** A line is none of a trace; the message says what was expected. */
final class Unexpected extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    Unexpected(String expected) {
        super(expected);
    }

    String expected() {
        return String.valueOf(getMessage());
    }
}
