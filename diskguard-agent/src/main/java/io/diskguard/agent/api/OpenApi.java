/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Page;
import java.util.Objects;

/** The document that describes the API. */
final class OpenApi {
    private OpenApi() {}

    static Reply reply() {
        return new Reply.Bare(Page.json(Reply.OK, out -> {
            try (var in = OpenApi.class.getResourceAsStream("openapi.json")) {
                Objects.requireNonNull(in, "the jar is not whole").transferTo(out);
            }
        }));
    }
}
