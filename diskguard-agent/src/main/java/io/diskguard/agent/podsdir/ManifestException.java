/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import java.io.Serial;

/** A manifest that cannot be used; the message says what is wrong with it and where. */
final class ManifestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ManifestException(String message) {
        super(message);
    }
}
