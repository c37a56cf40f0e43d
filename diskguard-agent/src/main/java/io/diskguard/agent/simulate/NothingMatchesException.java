/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import java.io.Serial;

/** What was to be told of is not there; the message says what is. */
public final class NothingMatchesException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    NothingMatchesException(String message) {
        super(message);
    }
}
