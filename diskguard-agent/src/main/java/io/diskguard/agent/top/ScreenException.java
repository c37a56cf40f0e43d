/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.io.Serial;

/** The terminal cannot be drawn on; the message says why. */
final class ScreenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ScreenException(Throwable why) {
        super(String.valueOf(why.getMessage()), why);
    }
}
