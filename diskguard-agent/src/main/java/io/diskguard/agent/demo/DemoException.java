/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import java.io.Serial;

/** The demonstration cannot be given here; the message says why and what to do. */
public final class DemoException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public DemoException(String message) {
        super(message);
    }
}
