/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The API server within this process, over plain HTTP: for a machine where a process more, or a certificate, takes many seconds.
 * Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
    /** Tells of each request otherwise. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final Path directory;
    private final Api api;
    private final MockWebServer server = new MockWebServer();

    private ApiServer(Path directory, Api api) {
        this.directory = directory;
        this.api = api;
    }

    /** Serves on a free port of the loopback; its files are in the directory, which is made. */
    public static ApiServer start(Path directory) {
        try {
            SERVER_LOG.setLevel(Level.WARNING);
            Files.createDirectories(directory);
            var tokens = new Tokens("admin", "agent");
            var one = new ApiServer(directory, new Api(directory, tokens, Clock.systemUTC()));
            one.server.setDispatcher(one.api);
            one.server.start(InetAddress.getLoopbackAddress(), 0);
            Files.writeString(one.kubeconfig(), one.kubeconfig(tokens.agent()));
            return one;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that the agent finds it by. */
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** Makes the pod what it is given as, new or not. */
    public void put(ObjectNode pod) {
        api.put(pod);
    }

    public Optional<ObjectNode> pod(String namespace, String name) {
        return api.ask(objects -> objects.find("pods", namespace + "/" + name));
    }

    public void delete(String namespace, String name) {
        api.ask(objects -> objects.remove("pods", namespace + "/" + name));
    }

    public List<ObjectNode> events() {
        return api.ask(objects -> objects.all("events"));
    }

    private String kubeconfig(String token) {
        return String.join(
                "\n",
                "apiVersion: v1",
                "kind: Config",
                "current-context: test",
                "clusters:",
                "- {name: test, cluster: {server: 'http://127.0.0.1:" + server.getPort() + "'}}",
                "contexts:",
                "- {name: test, context: {cluster: test, user: test}}",
                "users:",
                "- {name: test, user: {token: " + token + "}}",
                "");
    }

    @Override
    public void close() {
        server.shutdown();
        api.close();
    }
}
