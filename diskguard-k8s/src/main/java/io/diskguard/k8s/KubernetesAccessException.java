/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.Serial;

/** The cluster cannot be asked; the message says why and what to do. It never holds a credential. */
public final class KubernetesAccessException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    KubernetesAccessException(String message) {
        super(message);
    }
}
