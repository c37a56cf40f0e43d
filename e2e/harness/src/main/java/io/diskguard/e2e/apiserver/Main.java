/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An API server of pods and events, over HTTPS on the loopback, until it is killed. After {@code mvn package}:
 *
 * <pre>
 * java -cp 'e2e/harness/target/classes:e2e/harness/target/lib/*' io.diskguard.e2e.apiserver.Main \
 *     --dir DIR [--port N] [--pods N --node NODE [--seed N]] [--bookmarks SECONDS]
 * </pre>
 *
 * <p>Started again with the same directory it goes on with the same address, pods, uids and tokens, and versions that
 * grow; a watch of an earlier version is then answered with 410. In DIR:
 *
 * <ul>
 *   <li>{@code ready} once it serves (removed when it starts: remove it yourself after a kill)
 *   <li>{@code kubeconfig}, {@code ca.crt}, {@code agent-token}: may list, watch and patch pods, create and patch events
 *   <li>{@code admin-token}: may do everything; {@code url}: {@code https://localhost:PORT}
 *   <li>{@code cgroups}: of the seeded pods, one directory a line as the kubelet makes them ({@code kubepods/...})
 *   <li>{@code sent.jsonl}: each event written to a watch, and LIST and WATCH of the agent: type, name, uid, version, nanos
 *       (Unix time, taken before the write)
 *   <li>{@code writes.jsonl}: each request that would change something: who (ADMIN, AGENT), agent (user agent), method,
 *       path, body, nanos
 * </ul>
 *
 * <p>Pods and events are created, read, replaced, patched (RFC 7396), deleted as ever; a pod that is created keeps the
 * uid, node and status that it comes with:
 *
 * <pre>
 * admin() { curl -sS --fail --cacert DIR/ca.crt -H "Authorization: Bearer $(cat DIR/admin-token)" "$@"; }
 * admin -X POST $(cat DIR/url)/api/v1/namespaces/default/pods -H 'Content-Type: application/json' -d @pod.json
 * admin -X PATCH .../pods/NAME -H 'Content-Type: application/merge-patch+json' -d '{"metadata":{"annotations":{"k":"v"}}}'
 * admin -X DELETE .../pods/NAME
 * admin -X POST $(cat DIR/url)/control/expire    # watches end with 410, and older versions are refused
 * admin -X POST $(cat DIR/url)/control/cut       # breaks every connection, a moment later
 * admin -X POST "$(cat DIR/url)/control/deny?verb=patch&resource=pods"    # the agent may not any more; permit: it may
 * admin $(cat DIR/url)/control/status            # {"version":N,"watches":N}
 * </pre>
 */
public final class Main {
    private static final int CUT_AFTER_MILLIS = 100;
    private static final String BOOKMARKS = "30";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        var options =
                new HashMap<>(Map.of("port", "0", "pods", "0", "node", "node-1", "seed", "1", "bookmarks", BOOKMARKS));
        for (var i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        if (!options.containsKey("dir")) {
            throw new IllegalArgumentException("--dir DIR is missing");
        }
        var directory = Path.of(options.get("dir")).toAbsolutePath();
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve("ready"));
        var tokens = new Tokens(token(directory.resolve("admin-token")), token(directory.resolve("agent-token")));
        var certificate = Certificate.in(directory);
        var api = new Api(directory, tokens, Clock.systemUTC());
        if (api.isEmpty()) {
            seed(api, directory, options);
        }
        var server = new MockWebServer();
        server.setDispatcher(api);
        server.start(InetAddress.getLoopbackAddress(), 0);
        var front = new TlsFront(
                certificate.tls(),
                InetAddress.getLoopbackAddress(),
                port(directory, options),
                server.getPort(),
                api::listed);
        var later = Executors.newSingleThreadScheduledExecutor();
        // So that whoever asks for it has an answer.
        api.cutWith(() -> later.schedule(front::cut, CUT_AFTER_MILLIS, TimeUnit.MILLISECONDS));
        Files.writeString(directory.resolve("port"), String.valueOf(front.port()));
        Files.writeString(directory.resolve("url"), "https://localhost:" + front.port());
        Files.writeString(directory.resolve("kubeconfig"), kubeconfig(front.port(), certificate, tokens));
        var seconds = Integer.parseInt(options.get("bookmarks"));
        later.scheduleAtFixedRate(api::bookmark, seconds, seconds, TimeUnit.SECONDS);
        Files.writeString(
                directory.resolve("ready"),
                String.valueOf(ProcessHandle.current().pid()));
    }

    private static void seed(Api api, Path directory, Map<String, String> options) throws IOException {
        var pods = new SamplePods(options.get("node"), Long.parseLong(options.get("seed")));
        var cgroups = new ArrayList<String>();
        for (var i = 0; i < Integer.parseInt(options.get("pods")); i++) {
            var pod = pods.next(i);
            api.put(pod.toJson());
            cgroups.addAll(SamplePods.cgroups(pod));
        }
        Files.write(directory.resolve("cgroups"), cgroups);
    }

    /** The one asked for, else the one that an earlier process had. */
    private static int port(Path directory, Map<String, String> options) throws IOException {
        var asked = Integer.parseInt(options.get("port"));
        var earlier = directory.resolve("port");
        return asked == 0 && Files.exists(earlier) ? Integer.parseInt(Files.readString(earlier)) : asked;
    }

    private static String token(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file);
    }

    private static String kubeconfig(int port, Certificate certificate, Tokens tokens) {
        return String.join(
                "\n",
                List.of(
                        "apiVersion: v1",
                        "kind: Config",
                        "current-context: test",
                        "clusters:",
                        "- name: test",
                        "  cluster:",
                        "    server: \"https://localhost:" + port + "\"",
                        "    certificate-authority: \"" + certificate.pem() + "\"",
                        "contexts:",
                        "- name: test",
                        "  context: {cluster: test, user: test}",
                        "users:",
                        "- name: test",
                        "  user: {token: " + tokens.agent() + "}",
                        ""));
    }
}
