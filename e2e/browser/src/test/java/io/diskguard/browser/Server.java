/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import io.diskguard.agent.http.Health;
import io.diskguard.agent.http.HttpEndpoint;
import io.diskguard.agent.http.Page;
import io.diskguard.agent.http.Request;
import io.diskguard.agent.http.Routes;
import io.diskguard.agent.page.StatusPage;
import io.diskguard.config.HttpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The agent's server with the page, and the API of a node that a test makes up. Below {@code /prefix/}, as behind a proxy, too. Thread-safe. */
final class Server implements AutoCloseable {
    private static final String PREFIX = "/prefix";
    private static final String API = "/api/v1/";

    private final List<String> asked;
    private final Routes[] routes;
    private HttpEndpoint endpoint;

    private Server(List<String> asked, Routes[] routes) {
        this.asked = asked;
        this.routes = routes;
        this.endpoint = open(0);
    }

    static Server of(FixedNode node) {
        var asked = new CopyOnWriteArrayList<String>();
        var api = new Api(node, asked);
        var page = new StatusPage();
        return new Server(asked, new Routes[] {page, api, new Proxied(page), new Proxied(api)});
    }

    private HttpEndpoint open(int port) {
        try {
            return HttpEndpoint.open(
                    new HttpAddress("127.0.0.1", port),
                    new NoHealth(),
                    accepted -> new Page(200, "text/plain", ""),
                    routes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + endpoint.port() + "/";
    }

    String proxied() {
        return "http://127.0.0.1:" + endpoint.port() + PREFIX + "/";
    }

    /** Paths below {@code /api/v1/} that were asked for until now. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void goAway() {
        endpoint.close();
    }

    void comeBack() {
        endpoint = open(endpoint.port());
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private record Api(FixedNode node, List<String> asked) implements Routes {
        @Override
        public boolean own(String path) {
            return path.startsWith(API);
        }

        @Override
        public Page answer(Request request) {
            var part = request.path().substring(API.length());
            asked.add(request.query().isEmpty() ? part : part + "?" + request.query());
            return node.answer(part)
                    .map(text -> new Page(200, "application/json", text))
                    .orElseGet(() ->
                            new Page(404, "application/json", "{\"success\":false,\"message\":\"no " + part + "\"}"));
        }
    }

    private record Proxied(Routes routes) implements Routes {
        @Override
        public boolean own(String path) {
            return path.startsWith(PREFIX) && routes.own(path.substring(PREFIX.length()));
        }

        @Override
        public Page answer(Request request) {
            return routes.answer(
                    new Request(request.path().substring(PREFIX.length()), request.query(), request.accepted()));
        }
    }

    private record NoHealth() implements Health {
        @Override
        public Check liveness() {
            return new Check("loop", true, "");
        }

        @Override
        public List<Check> readiness() {
            return List.of();
        }
    }
}
