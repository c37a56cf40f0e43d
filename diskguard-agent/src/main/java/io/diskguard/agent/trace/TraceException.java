/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import java.io.IOException;
import java.io.Serial;

/** Something is wrong with a trace; the message is for a person and names the file. */
public final class TraceException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    TraceException(String message) {
        super(message);
    }
}
