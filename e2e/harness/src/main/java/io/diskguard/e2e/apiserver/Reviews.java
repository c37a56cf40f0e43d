/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What everybody may ask an API server: its version, who one is to it, and what one may do. */
final class Reviews {
    private static final String ACCESS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    private Reviews() {}

    interface Rights {
        boolean allow(Tokens.Who who, String verb, String resource);
    }

    record Answer(int code, ObjectNode body) {}

    /** Empty if something else was asked. */
    static Optional<Answer> answer(Request request, Tokens.Who who, Rights rights) {
        return switch (request.path()) {
            case "/version" -> Optional.of(new Answer(200, Json.object().put("gitVersion", "v1.34.0-e2e")));
            case SELF -> {
                var review = (ObjectNode) Json.read(request.body());
                review.putObject("status").putObject("userInfo").put("username", name(who));
                yield Optional.of(new Answer(201, review));
            }
            case ACCESS -> {
                var review = (ObjectNode) Json.read(request.body());
                var asked = review.at("/spec/resourceAttributes");
                review.putObject("status")
                        .put(
                                "allowed",
                                rights.allow(
                                        who,
                                        asked.path("verb").asText(),
                                        asked.path("resource").asText()));
                yield Optional.of(new Answer(201, review));
            }
            default -> Optional.empty();
        };
    }

    private static String name(Tokens.Who who) {
        return who == Tokens.Who.ADMIN ? "admin" : "system:serviceaccount:diskguard:diskguard";
    }
}
