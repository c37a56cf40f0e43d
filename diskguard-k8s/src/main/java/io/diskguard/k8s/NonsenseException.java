/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.Serial;

/** What was answered is no answer to what was asked. */
final class NonsenseException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param wanted kind of object */
    NonsenseException(String wanted) {
        super("no " + wanted);
    }
}
