/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.testkit.wire.Request;
import java.util.Optional;

/** Everything that is asked of a kubelet. */
enum KubeletOperation {
    PODS(KubeletPods.PATH),
    COUNTERS(KubeletStats.PATH);

    private final String path;

    KubeletOperation(String path) {
        this.path = path;
    }

    static Optional<KubeletOperation> of(Request request) {
        for (var operation : values()) {
            if (request.method().equals("GET") && request.path().equals(operation.path)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
