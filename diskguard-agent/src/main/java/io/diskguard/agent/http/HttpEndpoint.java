/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.diskguard.config.HttpAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's HTTP server: reads only, answers from memory; without requests it has one thread. Closing it frees the port. Thread-safe. */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    /** A client that is slow to ask holds one: there have to be more than a few such clients before a probe waits. */
    private static final int THREADS = 32;

    private static final int IDLE_SECONDS = 5;
    private static final int BACKLOG = 64;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int BROKEN = 500;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    /** By path; each is handed the types that the client accepts. */
    private final Map<String, Function<String, Page>> pages;

    private HttpEndpoint(HttpServer server, Map<String, Function<String, Page>> pages) {
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "diskguard-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
        this.server = server;
        this.pages = pages;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Takes the port and answers from now on.
     *
     * @param metrics answers {@code /metrics}, handed what the client accepts
     * @throws IOException saying why the address cannot be had
     */
    public static HttpEndpoint open(HttpAddress address, Health health, Function<String, Page> metrics)
            throws IOException {
        var socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw new IOException("the host name is not known");
        }
        try {
            var pages = new HashMap<>(HealthPages.of(health));
            pages.put("/metrics", metrics);
            var endpoint = new HttpEndpoint(HttpServer.create(socket, BACKLOG), pages);
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

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var reads = method.equals("GET") || method.equals("HEAD");
            var page = reads ? page(exchange) : Page.text(NOT_ALLOWED, "this server is only read from");
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", page.contentType());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (!reads) {
                headers.set("Allow", "GET, HEAD");
            }
            var body = page.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            if (method.equals("HEAD")) {
                headers.set("Content-Length", String.valueOf(body.length));
                exchange.sendResponseHeaders(page.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Page page(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        var page = pages.get(path);
        if (page == null) {
            return Page.text(NOT_FOUND, "there is nothing at this path");
        }
        try {
            return page.apply(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                    .orElse(""));
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            return Page.text(BROKEN, "this is a fault in DiskGuard, see its log");
        }
    }
}
