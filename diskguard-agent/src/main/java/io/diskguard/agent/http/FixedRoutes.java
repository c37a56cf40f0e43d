/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import java.util.Map;
import java.util.function.Function;

/** Pages by path; each is handed the types that the client accepts. Immutable. */
record FixedRoutes(Map<String, Function<String, Page>> pages) implements Routes {
    FixedRoutes {
        pages = Map.copyOf(pages);
    }

    @Override
    public boolean own(String path) {
        return pages.containsKey(path);
    }

    @Override
    public Page answer(Request request) {
        return pages.getOrDefault(request.path(), accepted -> refuse(404, "there is nothing at this path"))
                .apply(request.accepted());
    }
}
