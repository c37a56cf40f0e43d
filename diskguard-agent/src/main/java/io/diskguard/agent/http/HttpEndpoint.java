/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.diskguard.config.HttpAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's HTTP server: reads only, answers from memory; without requests it has one thread. Closing it frees the port. Thread-safe. */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    private static final int BACKLOG = 256;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int BROKEN = 500;
    private static final int NOT_BEGUN = -1;
    private static final String FAULT = "this is a fault in DiskGuard, see its log";
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final List<Routes> routes;

    private HttpEndpoint(HttpServer server, List<Routes> routes) {
        this.threads = ClientThreads.pool(ServerLimits.THREADS);
        this.server = server;
        this.routes = routes;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Takes the port and answers from now on.
     *
     * @param metrics answers {@code /metrics}, handed what the client accepts
     * @param more what else there is; the first that owns a path answers
     * @throws IOException saying why the address cannot be had
     */
    public static HttpEndpoint open(HttpAddress address, Health health, Function<String, Page> metrics, Routes... more)
            throws IOException {
        var socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw new IOException("the host name is not known");
        }
        var pages = new HashMap<>(HealthPages.of(health));
        pages.put("/metrics", metrics);
        var routes = new ArrayList<Routes>();
        routes.add(new FixedRoutes(pages));
        routes.addAll(List.of(more));
        ServerLimits.set();
        try {
            var endpoint = new HttpEndpoint(HttpServer.create(socket, BACKLOG), List.copyOf(routes));
            endpoint.server.start();
            return endpoint;
        } catch (BindException e) {
            throw new IOException("the address cannot be had: " + e.getMessage(), e);
        }
    }

    /** The port that it has, also where any was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The server closes the connection of one that fails: what was sent of its answer must not look whole. */
    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath();
        var method = exchange.getRequestMethod();
        if (!method.equals("GET")) {
            exchange.getResponseHeaders().set("Allow", METHODS);
        }
        if (method.equals("OPTIONS")) {
            Answer.send(exchange, new Page(NO_CONTENT, "text/plain", ""));
        } else {
            var owner = routes.stream().filter(each -> each.own(path)).findFirst();
            try {
                Answer.send(exchange, page(exchange, owner, path));
            } catch (RuntimeException e) {
                LOG.error("{} failed", path, e);
                if (exchange.getResponseCode() != NOT_BEGUN) {
                    throw new IOException(e);
                }
                Answer.send(exchange, refuse(owner, BROKEN, FAULT));
            }
        }
        exchange.close();
    }

    private static Page page(HttpExchange exchange, Optional<Routes> owner, String path) {
        var method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return refuse(owner, NOT_ALLOWED, "this server is only read from: " + METHODS);
        }
        if (owner.isEmpty()) {
            return refuse(owner, NOT_FOUND, "there is nothing at this path");
        }
        try {
            return owner.get().answer(request(exchange, path));
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            return refuse(owner, BROKEN, FAULT);
        }
    }

    private static Page refuse(Optional<Routes> owner, int status, String words) {
        return owner.map(it -> it.refuse(status, words)).orElseGet(() -> Page.text(status, words));
    }

    private static Request request(HttpExchange exchange, String path) {
        return new Request(
                path,
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                        .orElse(""));
    }
}
