/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.diskguard.k8s.kubelet.Authority.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server that answers as a kubelet is told to. */
final class FakeKubelet implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "fake-kubelet");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** What a request showed. */
    record Asked(
            String path, Optional<String> authorization, List<String> serverNames, Optional<String> client, int port) {}

    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** With that certificate; clients need one of the authority's if there is one. */
    FakeKubelet(Signed certificate, Optional<Authority> clients, InetAddress address) {
        try {
            server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
            var context = context(certificate, clients);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = context.getDefaultSSLParameters();
                    wanted.setNeedClientAuth(clients.isPresent());
                    parameters.setSSLParameters(wanted);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    FakeKubelet(Signed certificate) {
        this(certificate, Optional.empty(), InetAddress.getLoopbackAddress());
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    void answer(String path, int code, String body) {
        answer(path, exchange -> send(exchange, code, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Begins an answer and never ends it. */
    void stall(String path, String beginning) {
        answer(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            untilTheEnd();
        });
    }

    /** Says nothing at all. */
    void hang(String path) {
        answer(path, exchange -> untilTheEnd());
    }

    /** Says how long its answer is, and breaks off before. */
    void cutOff(String path, String body) {
        answer(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length() + 1000L);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });
    }

    static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void untilTheEnd() {
        try {
            end.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.add(asked(exchange));
        try {
            answers.getOrDefault(exchange.getRequestURI().getPath(), other -> send(other, 404, new byte[0]))
                    .to(exchange);
        } finally {
            exchange.close();
        }
    }

    private static Asked asked(HttpExchange exchange) {
        var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
        Optional<String> client = Optional.empty();
        try {
            client = Optional.of(((X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName());
        } catch (SSLPeerUnverifiedException e) {
            // It showed none.
        }
        return new Asked(
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                session.getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .toList(),
                client,
                exchange.getRemoteAddress().getPort());
    }

    static SSLContext context(Signed certificate, Optional<Authority> clients) {
        try {
            var own = Keys.emptyStore();
            var chain = new Certificate[] {certificate.certificate(), certificate.authority()};
            own.setKeyEntry("server", certificate.key(), NO_PASSWORD, chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            var believed = Keys.emptyStore();
            if (clients.isPresent()) {
                believed.setCertificateEntry("clients", clients.get().certificate());
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
