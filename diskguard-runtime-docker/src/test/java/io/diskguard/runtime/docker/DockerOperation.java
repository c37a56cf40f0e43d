/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.testkit.wire.Request;
import java.util.Optional;

/** Everything that is asked of a docker daemon. */
enum DockerOperation {
    PING("/_ping"),
    INFO("/info"),
    LIST("/containers/json"),
    INSPECT("/containers/[^/]+/json"),
    EVENTS("/events");

    private final String path;

    DockerOperation(String path) {
        this.path = path;
    }

    static Optional<DockerOperation> of(Request request) {
        for (var operation : values()) {
            if (request.method().equals("GET") && request.path().matches(operation.path)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
