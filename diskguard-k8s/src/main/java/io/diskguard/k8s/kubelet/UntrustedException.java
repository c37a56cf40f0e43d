/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.Serial;
import java.security.cert.CertificateException;

/** The kubelet's certificate is not believed; the message says why, for a person. */
final class UntrustedException extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1;

    UntrustedException(String message, Throwable cause) {
        super(message, cause);
    }

    UntrustedException(String message) {
        super(message);
    }
}
