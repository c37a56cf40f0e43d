/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.testkit.wire.Request;
import java.util.Optional;

/** Everything that is asked of an API server. */
enum ApiOperation {
    LIST_PODS,
    WATCH_PODS,
    PATCH_POD,
    CREATE_EVENT,
    PATCH_EVENT,
    GET_VERSION,
    REVIEW_ACCESS,
    REVIEW_SELF;

    static Optional<ApiOperation> of(Request request) {
        var words = request.method() + " " + request.path();
        if (words.equals("GET /api/v1/pods")) {
            return Optional.of(request.target().contains("watch=true") ? WATCH_PODS : LIST_PODS);
        }
        if (words.matches("PATCH /api/v1/namespaces/[^/]+/pods/[^/]+")) {
            return Optional.of(PATCH_POD);
        }
        if (words.matches("PATCH /api/v1/namespaces/[^/]+/events/[^/]+")) {
            return Optional.of(PATCH_EVENT);
        }
        if (words.matches("POST /api/v1/namespaces/[^/]+/events")) {
            return Optional.of(CREATE_EVENT);
        }
        return switch (words) {
            case "GET /version" -> Optional.of(GET_VERSION);
            case "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews" -> Optional.of(REVIEW_ACCESS);
            case "POST /apis/authentication.k8s.io/v1/selfsubjectreviews" -> Optional.of(REVIEW_SELF);
            default -> Optional.empty();
        };
    }
}
